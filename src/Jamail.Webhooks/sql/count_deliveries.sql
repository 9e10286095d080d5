-- count_deliveries: where the deliveries of an endpoint stand.
-- params: webhookId, since
-- returns: StatusCount
select d.status as Status, count(*) as Count, min(d.next_attempt_at) as NextAttemptAt
from {t}webhook_delivery d
where d.webhook_id = @webhookId and d.created_at >= @since
group by d.status
