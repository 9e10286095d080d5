-- find_targets: where deliveries go now, those of endpoints that are there. A deleted one has no secret.
-- params: ids
-- returns: Id, Url, Key
select d.id as Id, e.url as Url, s.key_enc as Key
from {t}webhook_delivery d
join {t}webhook_endpoint e on e.id = d.webhook_id and e.tenant_id = d.tenant_id
join {t}webhook_secret s on s.webhook_id = e.id and s.expires_at is null
where d.id in @ids
