-- insert_event: an event, unless the tenant has one with this id of the caller's, or there is one with this id.
-- params: EventParameters
insert into {t}webhook_event (id, tenant_id, event_type, event_uid, ordering_key, channels, tags, trace, trace_state, occurred_at,
  payload_expires_at, created_at, body, body_sha256, body_bytes)
values (@Id, @Tenant, @Type, @Uid, @OrderingKey, @Channels, @Tags, @Trace, @TraceState, @OccurredAt,
  @PayloadExpiresAt, @Now, @Body, @Sha256, @Bytes)
on conflict do nothing
