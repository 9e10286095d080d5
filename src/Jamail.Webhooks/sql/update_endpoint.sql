-- update_endpoint: writes what can be changed.
-- params: id, url, description, events (JSON array), now
update {t}webhook_endpoint
set url = @url, description = @description, event_types = @events, version = version + 1, updated_at = @now
where id = @id
