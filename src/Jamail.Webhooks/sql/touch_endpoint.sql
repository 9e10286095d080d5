-- touch_endpoint: whoever keeps what it read of the endpoint reads it again.
-- params: id, now
update {t}webhook_endpoint set version = version + 1, updated_at = @now where id = @id
