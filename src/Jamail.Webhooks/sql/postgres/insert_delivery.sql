-- insert_delivery: ways of events to endpoints, but for those that are there already.
-- params: deliveryIds, compatIds, eventIds, webhookIds, deliveryTenants, deliveryTypes, statuses, lanes, seqs, origins, jobStates, jobsDueAt,
--   deliveriesNow, completedAt (arrays of one length: what DeliveryParameters has)
with given as (
  select *
  from unnest(@deliveryIds, @compatIds, @eventIds, @webhookIds, @deliveryTenants, @deliveryTypes, @statuses, @lanes, @seqs, @origins,
    @jobStates, @jobsDueAt, @deliveriesNow, @completedAt)
    as w(id, compat_id, event_id, webhook_id, tenant_id, event_type, status, lane, seq, origin, job_state, job_due_at, now, completed_at)),
stored as (
  insert into {t}webhook_delivery (id, compat_id, event_id, webhook_id, tenant_id, event_type, status, lane, seq, origin, created_at,
    completed_at)
  select id, compat_id, event_id, webhook_id, tenant_id, event_type, status, lane, seq, origin, now, completed_at
  from given
  on conflict do nothing
  returning id)
insert into {t}webhook_job (id, webhook_id, lane, seq, state, due_at, wanted_at)
select g.id, g.webhook_id, g.lane, g.seq, g.job_state, g.job_due_at, g.now
from given g
join stored s on s.id = g.id
where g.status = 0
