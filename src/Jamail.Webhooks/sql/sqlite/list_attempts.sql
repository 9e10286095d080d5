-- list_attempts: the attempts of some deliveries, oldest first.
-- params: ids
-- returns: AttemptRow
select a.id as Id, a.delivery_id as DeliveryId, a.event_id as EventId, a.attempt_no as Number, a.origin as Origin, a.url as Url, a.remote_ip as RemoteIp,
  a.started_at as StartedAt, a.status_code as StatusCode, a.error_class as ErrorClass, a.error as Error, a.duration_ms as DurationMs,
  a.ttfb_ms as FirstByteMs, a.request_headers as RequestHeaders, a.response_headers as ResponseHeaders,
  a.response_body as ResponseBody, a.response_truncated as IsTruncated
from {t}webhook_attempt a
where a.delivery_id in @ids
order by a.delivery_id, a.attempt_no, a.started_at
