-- insert_delivery: an event's way to an endpoint, unless it is there already.
-- params: DeliveryParameters
insert into {t}webhook_delivery (id, compat_id, event_id, webhook_id, tenant_id, event_type, status, lane, seq, origin, job_state,
  job_due_at, job_wanted_at, created_at, completed_at)
values (@Id, @CompatId, @EventId, @WebhookId, @Tenant, @Type, @Status, @Lane, @Seq, @Origin, @JobState,
  @JobDueAt, @Now, @Now, @CompletedAt)
on conflict do nothing
