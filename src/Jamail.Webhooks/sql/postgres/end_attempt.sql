-- end_attempt: what attempts mean for their deliveries, unless somebody else has taken one over or ended it.
-- params: ids, tokens, statuses, statusCodes, errorClasses, nextAttemptsAt, notBefores, jobStates, jobsDueAt, completedAt (arrays of one
--   length)
-- returns: the ids of those that ended so
update {t}webhook_delivery d
set status = w.status, last_status_code = w.status_code, last_error_class = w.error_class, next_attempt_at = w.next_attempt_at,
  not_before = w.not_before, claim_token = null, claim_until = null, job_state = case when d.job_state = 0 then 0 else w.job_state end,
  job_due_at = w.job_due_at, completed_at = w.completed_at
from unnest(@ids, @tokens, @statuses, @statusCodes, @errorClasses, @nextAttemptsAt, @notBefores, @jobStates, @jobsDueAt, @completedAt)
  as w(id, token, status, status_code, error_class, next_attempt_at, not_before, job_state, job_due_at, completed_at)
where d.id = w.id and d.claim_token = w.token and d.status = 2
returning d.id
