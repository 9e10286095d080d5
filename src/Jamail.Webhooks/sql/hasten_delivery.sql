-- hasten_delivery: the next attempt is due now.
-- params: id
update {t}webhook_delivery set next_attempt_at = null, not_before = null where id = @id and status = 3
