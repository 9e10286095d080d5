-- list_durations: how the newest attempts of an endpoint went, but for test sends (origin 4).
-- params: webhookId, since, limit
-- returns: AttemptTime
select a.outcome as Outcome, a.duration_ms as DurationMs
from {t}webhook_attempt a
where a.webhook_id = @webhookId and a.started_at >= @since and a.origin <> 4
order by a.started_at desc
limit @limit
