-- expunge_event: removes the payload.
-- params: id
update {t}webhook_event set body = '', is_expunged = 1 where id = @id
