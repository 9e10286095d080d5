-- insert_event: events, but for those whose tenant has one with the same id of the caller's, or where there is one with the same id.
-- params: ids, tenants, types, uids, orderingKeys, channels, tags, traces, traceStates, occurredAt, payloadsExpireAt, now, bodies, sha256,
--   bytes (arrays of one length: what EventParameters has)
insert into {t}webhook_event (id, tenant_id, event_type, event_uid, ordering_key, channels, tags, trace, trace_state, occurred_at,
  payload_expires_at, created_at, body, body_sha256, body_bytes)
select * from unnest(@ids, @tenants, @types, @uids, @orderingKeys, @channels, @tags, @traces, @traceStates, @occurredAt,
  @payloadsExpireAt, @now, @bodies, @sha256, @bytes)
on conflict do nothing
