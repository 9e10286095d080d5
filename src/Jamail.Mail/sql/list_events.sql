-- list_events: what is known of a mail beyond its row and its attempts, oldest first.
-- params: id text
select type, occurred_at as OccurredAt, source, detail from {t}mail_event where log_id = @id order by id
