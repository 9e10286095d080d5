-- find_attempt: an attempt of a tenant. A test send (origin 4) has no delivery; it is whose the endpoint is.
-- params: id, tenant
-- returns: AttemptRow
select a.id as Id, a.delivery_id as DeliveryId, a.event_id as EventId, a.attempt_no as Number, a.origin as Origin, a.url as Url, a.remote_ip as RemoteIp,
  a.started_at as StartedAt, a.status_code as StatusCode, a.error_class as ErrorClass, a.error as Error, a.duration_ms as DurationMs,
  a.ttfb_ms as FirstByteMs, a.request_headers as RequestHeaders, a.response_headers as ResponseHeaders,
  a.response_body as ResponseBody, a.response_truncated as IsTruncated
from {t}webhook_attempt a
left join {t}webhook_delivery d on d.id = a.delivery_id
left join {t}webhook_endpoint e on e.id = a.webhook_id and a.origin = 4
where a.id = @id and coalesce(d.tenant_id, e.tenant_id) = @tenant
