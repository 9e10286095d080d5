-- end_attempt: what attempts mean for their deliveries, unless somebody else has taken one over or ended it.
-- params: ids, tokens, statuses, statusCodes, errorClasses, nextAttemptsAt, notBefores, jobStates, jobsDueAt, completedAt (arrays of one
--   length)
-- returns: the ids of those that ended so
-- So that the plan goes by the primary key, even one made when the table was empty: the planner expects few texts of 36 characters (every id
-- has so many), and sees no condition on the table alone.
with given as (
  select *
  from unnest(@ids, @tokens, @statuses, @statusCodes, @errorClasses, @nextAttemptsAt, @notBefores, @jobStates, @jobsDueAt, @completedAt)
    as w(id, token, status, status_code, error_class, next_attempt_at, not_before, job_state, job_due_at, completed_at)
  where length(w.id) = 36),
ended as (
  update {t}webhook_delivery d
  set status = w.status, last_status_code = w.status_code, last_error_class = w.error_class, next_attempt_at = w.next_attempt_at,
    not_before = w.not_before, claim_token = null, claim_until = null, completed_at = w.completed_at
  from given w
  where d.id = w.id and case when w.id <> '' then d.claim_token = w.token and d.status = 2 end
  returning d.id, w.job_state, w.job_due_at),
gone as (
  delete from {t}webhook_job j using ended e where length(e.id) = 36 and j.id = e.id and e.job_state = 0),
going_on as (
  update {t}webhook_job j
  set state = case when j.state = 0 then 0 else e.job_state end, due_at = e.job_due_at
  from ended e
  where length(e.id) = 36 and j.id = e.id and e.job_state <> 0)
select id from ended
