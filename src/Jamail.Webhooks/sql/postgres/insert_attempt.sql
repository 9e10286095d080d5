-- insert_attempt: requests to endpoints, but for those that are there already.
-- params: a list of each member of AttemptParameters, in lists of one length
insert into {t}webhook_attempt (id, delivery_id, webhook_id, event_id, attempt_no, origin, url, remote_ip, started_at, duration_ms, ttfb_ms,
  status_code, outcome, error_class, error, request_headers, response_headers, response_body, response_truncated, next_attempt_at, worker)
select * from unnest(@Id, @DeliveryId, @WebhookId, @EventId, @Number, @Origin, @Url, @RemoteIp, @StartedAt, @DurationMs, @FirstByteMs,
  @StatusCode, @Outcome, @ErrorClass, @Error, @RequestHeaders, @ResponseHeaders, @ResponseBody, @IsTruncated, @NextAttemptAt, @Worker)
on conflict do nothing
