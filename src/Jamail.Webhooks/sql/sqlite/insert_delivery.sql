-- insert_delivery: an event's way to an endpoint, unless it is there already.
-- params: DeliveryParameters
insert into {t}webhook_delivery (id, compat_id, event_id, webhook_id, tenant_id, event_type, status, lane, seq, origin, created_at,
  completed_at)
values (@Id, @CompatId, @EventId, @WebhookId, @Tenant, @Type, @Status, @Lane, @Seq, @Origin, @Now, @CompletedAt)
on conflict do nothing;
insert into {t}webhook_job (id, webhook_id, lane, seq, state, due_at, wanted_at)
select d.id, d.webhook_id, d.lane, d.seq, @JobState, @JobDueAt, @Now
from {t}webhook_delivery d
where d.id = @Id and d.status = 0
on conflict do nothing
