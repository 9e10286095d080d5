-- list_waiting: deliveries of an endpoint whose job waits, by id.
-- params: webhookId, after (an id; empty for the first), limit
-- returns: id
select id from {t}webhook_delivery
where webhook_id = @webhookId and status in (0, 3) and job_state = 2 and id > @after
order by id
limit @limit
