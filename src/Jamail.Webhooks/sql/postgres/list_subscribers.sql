-- list_subscribers: the endpoints of tenants that take events, and the current secret of each.
-- params: tenants
-- returns: SubscriberRow
select e.id as Id, e.tenant_id as TenantId, e.url as Url, e.event_types as EventTypes, e.channels as Channels, e.filter as Filter, e.status as Status,
  e.ordering as Ordering, e.retry_schedule as RetrySchedule, s.key_enc as Key
from {t}webhook_endpoint e
join {t}webhook_secret s on s.webhook_id = e.id and s.expires_at is null
where e.tenant_id = any(@tenants) and e.status in (1, 2, 3)
order by e.created_at, e.id
