-- list_waiting: deliveries of an endpoint whose job waits, by id.
-- params: webhookId, after (an id; empty for the first), limit
-- returns: id
select j.id
from {t}webhook_job j
join {t}webhook_delivery d on d.id = j.id
where j.webhook_id = @webhookId and j.state = 2 and j.id > @after and d.status in (0, 3)
order by j.id
limit @limit
