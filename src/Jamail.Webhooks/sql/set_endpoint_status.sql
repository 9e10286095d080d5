-- set_endpoint_status: switches an endpoint; a deleted one stays deleted.
-- params: id, status, reason (null for none), now
update {t}webhook_endpoint
set status = @status, disabled_reason = @reason, version = version + 1, updated_at = @now
where id = @id and status <> 5
