-- insert_attempt: one request to an endpoint.
-- params: AttemptParameters
insert into {t}webhook_attempt (id, delivery_id, webhook_id, event_id, attempt_no, origin, url, remote_ip, started_at, duration_ms, ttfb_ms,
  status_code, outcome, error_class, error, request_headers, response_headers, response_body, response_truncated, next_attempt_at, worker)
values (@Id, @DeliveryId, @WebhookId, @EventId, @Number, @Origin, @Url, @RemoteIp, @StartedAt, @DurationMs, @FirstByteMs,
  @StatusCode, @Outcome, @ErrorClass, @Error, @RequestHeaders, @ResponseHeaders, @ResponseBody, @IsTruncated, @NextAttemptAt, @Worker)
on conflict do nothing
