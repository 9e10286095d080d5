-- insert_attempt: one request to an endpoint.
-- params: id, deliveryId, webhookId, eventId, number, url, startedAt, durationMs, statusCode, outcome, errorClass, error,
--   responseBody, nextAttemptAt, worker
insert into {t}webhook_attempt (id, delivery_id, webhook_id, event_id, attempt_no, url, started_at, duration_ms, status_code,
  outcome, error_class, error, response_body, next_attempt_at, worker)
values (@id, @deliveryId, @webhookId, @eventId, @number, @url, @startedAt, @durationMs, @statusCode,
  @outcome, @errorClass, @error, @responseBody, @nextAttemptAt, @worker)
