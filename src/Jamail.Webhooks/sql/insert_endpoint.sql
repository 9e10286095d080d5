-- insert_endpoint: a new endpoint.
-- params: id, tenant, url, description, events (JSON array), status, now
insert into {t}webhook_endpoint (id, tenant_id, url, description, event_types, status, created_at, updated_at)
values (@id, @tenant, @url, @description, @events, @status, @now, @now)
