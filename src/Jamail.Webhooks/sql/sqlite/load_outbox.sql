-- load_outbox: what the jobs of some deliveries carry. Those of deleted endpoints have no secret, those of other producers no URL either.
-- params: ids
-- returns: OutboxDelivery
select d.id as Id, d.job_seq as JobSeq, case when d.claim_token is null then 0 else 1 end as IsClaimed,
  d.webhook_id as WebhookId, d.event_type as EventType, d.attempts - d.attempts_base as Attempts, d.resend as Resend,
  d.next_attempt_at as NextAttemptAt, d.created_at as CreatedAt, v.body as Body, e.url as Url, e.retry_schedule as RetrySchedule,
  s.key_enc as Key, v.trace as TraceParent, v.trace_state as TraceState
from {t}webhook_delivery d
join {t}webhook_event v on v.id = d.event_id
left join {t}webhook_endpoint e on e.id = d.webhook_id and e.tenant_id = d.tenant_id
left join {t}webhook_secret s on s.webhook_id = e.id and s.expires_at is null
where d.id in @ids
order by d.created_at, d.id
