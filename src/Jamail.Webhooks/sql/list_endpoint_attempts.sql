-- list_endpoint_attempts: the attempts of an endpoint, test sends too, newest first.
-- params: webhookId, origin, codeFrom, codeTo, since, until (each null for all), at and id (after this row), limit
-- returns: AttemptRow
select a.id as Id, a.delivery_id as DeliveryId, a.event_id as EventId, a.attempt_no as Number, a.origin as Origin, a.url as Url, a.remote_ip as RemoteIp,
  a.started_at as StartedAt, a.status_code as StatusCode, a.error_class as ErrorClass, a.error as Error, a.duration_ms as DurationMs,
  a.ttfb_ms as FirstByteMs, a.request_headers as RequestHeaders, a.response_headers as ResponseHeaders,
  a.response_body as ResponseBody, a.response_truncated as IsTruncated
from {t}webhook_attempt a
where a.webhook_id = @webhookId
  and (@origin is null or a.origin = @origin)
  and (@codeFrom is null or a.status_code between @codeFrom and @codeTo)
  and (@since is null or a.started_at >= @since)
  and (@until is null or a.started_at < @until)
  and (a.started_at < @at or (a.started_at = @at and a.id < @id))
order by a.started_at desc, a.id desc
limit @limit
