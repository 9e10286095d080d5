-- finish_mails: the results of attempts under claims, with their attempts, in one round trip. What is not returned lost its claim.
-- params: items text, a JSON list with the columns below. provider: null keeps the one there is; rest: the recipients left, null keeps them (part_left
--   says the same, but for who was erased meanwhile); deferral 1: it was put off; job 0: none follows, 1: the present one goes on, 2: a new one is
--   wanted, of bulk when there is room and before what is younger; tried: the mail server of the attempt
-- returns: the ids whose claim held
-- So that the plan goes by the primary key, even one made when the table was empty: the planner expects few texts of 36 characters (every id
-- has so many).
with given as (
  select * from jsonb_to_recordset(@items::jsonb) as g(
    id text, token text, status int, reason text, code int, enhanced text, reply text, provider text, sent bigint, completed bigint,
    next bigint, rest text, deferral int, now bigint, due bigint, job int,
    attempt text, worker text, started bigint, took int, phase int, outcome int, class text, use int, tls text, tried text)
  where length(g.id) = 36),
finished as (
  update {t}mail_send_log l
  set status = g.status, status_reason = g.reason, smtp_code = g.code, enhanced_code = g.enhanced, smtp_text = g.reply, sent_at = g.sent,
    provider = coalesce(g.provider, l.provider), next_attempt_at = g.next, deferrals = l.deferrals + g.deferral,
    recipients_left = case when g.status = 5 then null when g.rest is not null then coalesce(l.part_left, g.rest) else l.recipients_left end,
    part_left = case when g.status = 5 or g.rest is not null then null else l.part_left end,
    doubt_since = case when g.status = 9 then coalesce(l.doubt_since, g.now) when g.rest is not null then null else l.doubt_since end,
    completed_at = g.completed, claim_token = null, claim_until = null, claim_worker = null, updated_at = g.now,
    job_seq = case g.job when 2 then l.job_seq + 1 else l.job_seq end,
    job_key = case g.job when 2 then null else l.job_key end
  from given g
  where l.id = g.id and l.claim_token = g.token and l.status = 2
  returning l.id, g.job, case when g.job = 2 and l.priority > 0 then coalesce(l.scheduled_at, l.queued_at) else g.due end as due,
    case when l.priority > 0 then 3 else 1 end as wanted),
ended as (
  delete from {t}mail_job j using finished f where length(f.id) = 36 and j.id = f.id and f.job = 0),
going_on as (
  update {t}mail_job j set due_at = f.due, state = case f.job when 1 then j.state else f.wanted end
  from finished f
  where length(f.id) = 36 and j.id = f.id and f.job > 0),
attempts as (
  insert into {t}mail_send_attempt (id, log_id, attempt_no, worker, started_at, duration_ms, phase, outcome, smtp_code, enhanced_code,
    reply, error_class, connection_use, tls, provider)
  select g.attempt, g.id, (select count(*) + 1 from {t}mail_send_attempt a where a.log_id = g.id), g.worker, g.started, g.took, g.phase,
    g.outcome, g.code, g.enhanced, g.reply, g.class, g.use, g.tls, g.tried
  from given g
  on conflict do nothing)
select id from finished
