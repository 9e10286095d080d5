-- insert_event: an event, unless the tenant has one with this id of the caller's, or there is one with this id.
-- params: id, tenant, type, uid (null for none), occurredAt, now, body, sha256, bytes
insert into {t}webhook_event (id, tenant_id, event_type, event_uid, occurred_at, created_at, body, body_sha256, body_bytes)
values (@id, @tenant, @type, @uid, @occurredAt, @now, @body, @sha256, @bytes)
on conflict do nothing
