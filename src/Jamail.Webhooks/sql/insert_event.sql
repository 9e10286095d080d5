-- insert_event: an event, unless the tenant has one with this id of the caller's, or there is one with this id.
-- params: id, tenant, type, uid (null for none), orderingKey, channels, tags (JSON arrays), trace, traceState, occurredAt, payloadExpiresAt, now, body,
--   sha256, bytes
insert into {t}webhook_event (id, tenant_id, event_type, event_uid, ordering_key, channels, tags, trace, trace_state, occurred_at,
  payload_expires_at, created_at, body, body_sha256, body_bytes)
values (@id, @tenant, @type, @uid, @orderingKey, @channels, @tags, @trace, @traceState, @occurredAt,
  @payloadExpiresAt, @now, @body, @sha256, @bytes)
on conflict do nothing
