-- insert_delivery: ways of events to endpoints, but for those that are there already.
-- params: deliveryIds, compatIds, eventIds, webhookIds, deliveryTenants, deliveryTypes, statuses, lanes, seqs, origins, jobStates, jobsDueAt,
--   deliveriesNow, completedAt (arrays of one length: what DeliveryParameters has)
insert into {t}webhook_delivery (id, compat_id, event_id, webhook_id, tenant_id, event_type, status, lane, seq, origin, job_state,
  job_due_at, job_wanted_at, created_at, completed_at)
select id, compat_id, event_id, webhook_id, tenant_id, event_type, status, lane, seq, origin, job_state, job_due_at, now, now, completed_at
from unnest(@deliveryIds, @compatIds, @eventIds, @webhookIds, @deliveryTenants, @deliveryTypes, @statuses, @lanes, @seqs, @origins,
  @jobStates, @jobsDueAt, @deliveriesNow, @completedAt) as w(id, compat_id, event_id, webhook_id, tenant_id, event_type, status, lane, seq, origin, job_state, job_due_at, now,
  completed_at)
on conflict do nothing
