-- find_event_by_uid: the event a caller gave this id to, and to how many endpoints it goes.
-- params: tenant, uid
-- returns: EventRow
select v.id as Id, v.event_type as EventType, v.body_sha256 as BodySha256,
  (select count(*) from {t}webhook_delivery d where d.event_id = v.id) as Deliveries
from {t}webhook_event v
where v.tenant_id = @tenant and v.event_uid = @uid
