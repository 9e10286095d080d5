-- finish_mails: the results of attempts under claims, with their attempts. What is not returned lost its claim.
-- params: items text, a JSON list with the members below
-- returns: the ids whose claim held
insert into {t}mail_send_attempt (id, log_id, attempt_no, worker, started_at, duration_ms, phase, outcome, smtp_code, enhanced_code,
  reply, error_class, connection_use, tls, provider)
select g.value ->> 'attempt', g.value ->> 'id', (select count(*) + 1 from {t}mail_send_attempt a where a.log_id = g.value ->> 'id'),
  g.value ->> 'worker', g.value ->> 'started', g.value ->> 'took', g.value ->> 'phase', g.value ->> 'outcome', g.value ->> 'code',
  g.value ->> 'enhanced', g.value ->> 'reply', g.value ->> 'class', g.value ->> 'use', g.value ->> 'tls', g.value ->> 'tried'
from json_each(@items) g
where true
on conflict do nothing;
delete from {t}mail_job
where id in (
  select g.value ->> 'id'
  from json_each(@items) g
  join {t}mail_send_log l on l.id = g.value ->> 'id' and l.claim_token = g.value ->> 'token' and l.status = 2
  where g.value ->> 'job' = 0);
update {t}mail_job as j
set due_at = case when g.value ->> 'job' = 2 and l.priority > 0 then coalesce(l.scheduled_at, l.queued_at) else g.value ->> 'due' end,
  state = case when g.value ->> 'job' = 1 then j.state when l.priority > 0 then 3 else 1 end
from json_each(@items) g
join {t}mail_send_log l on l.id = g.value ->> 'id' and l.claim_token = g.value ->> 'token' and l.status = 2
where j.id = g.value ->> 'id' and g.value ->> 'job' > 0;
update {t}mail_send_log as l
set status = g.value ->> 'status', status_reason = g.value ->> 'reason', smtp_code = g.value ->> 'code', enhanced_code = g.value ->> 'enhanced',
  smtp_text = g.value ->> 'reply', sent_at = g.value ->> 'sent', provider = coalesce(g.value ->> 'provider', l.provider),
  recipients_left = case when g.value ->> 'status' = 5 then null when g.value ->> 'rest' is not null then coalesce(l.part_left, g.value ->> 'rest') else l.recipients_left end,
  part_left = case when g.value ->> 'status' = 5 or g.value ->> 'rest' is not null then null else l.part_left end,
  doubt_since = case when g.value ->> 'status' = 9 then coalesce(l.doubt_since, g.value ->> 'now') when g.value ->> 'rest' is not null then null else l.doubt_since end,
  next_attempt_at = g.value ->> 'next', deferrals = l.deferrals + (g.value ->> 'deferral'), completed_at = g.value ->> 'completed',
  claim_token = null, claim_until = null, claim_worker = null, updated_at = g.value ->> 'now',
  job_seq = case g.value ->> 'job' when 2 then l.job_seq + 1 else l.job_seq end,
  job_key = case g.value ->> 'job' when 2 then null else l.job_key end
from json_each(@items) g
where l.id = g.value ->> 'id' and l.claim_token = g.value ->> 'token' and l.status = 2
returning id
