-- list_unwanted: of some deliveries those that were discarded or cancelled, or whose endpoint is deleted.
-- params: ids
-- returns: OutboxDelivery, of which only what tells of the endpoint
select d.id as Id, d.webhook_id as WebhookId, case when e.status = 5 then e.url end as Url
from {t}webhook_delivery d
left join {t}webhook_endpoint e on e.id = d.webhook_id and e.tenant_id = d.tenant_id
where d.id = any(@ids) and (d.status in (7, 8) or e.status = 5)
