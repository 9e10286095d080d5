-- mark_batch_cancelled: somebody took a batch back.
-- params: batch text, tenant text, now bigint
update {t}mail_batch set cancelled_at = coalesce(cancelled_at, @now) where id = @batch and tenant_id = @tenant
