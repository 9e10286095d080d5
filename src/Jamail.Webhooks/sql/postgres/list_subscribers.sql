-- list_subscribers: the endpoints of tenants that take events, and the current secret of each.
-- params: tenants
-- returns: SubscriberRow
-- So that the plan goes by the indexes, even one made when the tables were empty: the planner expects few of what is compared with itself, and
-- sees no condition on the endpoints alone.
select e.id as Id, e.tenant_id as TenantId, e.url as Url, e.event_types as EventTypes, e.channels as Channels, e.filter as Filter, e.status as Status,
  e.ordering as Ordering, e.retry_schedule as RetrySchedule, s.key_enc as Key
from unnest(@tenants) as w(tenant)
join {t}webhook_endpoint e on e.tenant_id = w.tenant and case when e.status in (1, 2, 3) then w.tenant is not null end
join {t}webhook_secret s on s.webhook_id = e.id and s.expires_at is null
where w.tenant = coalesce(w.tenant, '')
order by e.created_at, e.id
