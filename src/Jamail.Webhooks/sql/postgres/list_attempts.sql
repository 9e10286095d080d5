-- list_attempts: the attempts of some deliveries, oldest first.
-- params: ids
-- returns: AttemptRow
select a.delivery_id as DeliveryId, a.attempt_no as Number, a.started_at as StartedAt, a.status_code as StatusCode,
  a.error as Error, a.duration_ms as DurationMs, a.response_body as ResponseBody
from {t}webhook_attempt a
where a.delivery_id = any(@ids)
order by a.delivery_id, a.attempt_no, a.started_at
