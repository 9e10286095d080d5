-- end_attempt: what an attempt means for its delivery, unless somebody else has taken it over or ended it.
-- params: id, token, status, statusCode, errorClass, nextAttemptAt, notBefore, jobState, jobDueAt, completedAt
-- returns: id, when it ended so
update {t}webhook_delivery
set status = @status, last_status_code = @statusCode, last_error_class = @errorClass, next_attempt_at = @nextAttemptAt,
  not_before = @notBefore, claim_token = null, claim_until = null, completed_at = @completedAt
where id = @id and claim_token = @token and status = 2
returning id;
update {t}webhook_job
set state = case when state = 0 then 0 else @jobState end, due_at = @jobDueAt
where id = @id and @jobState <> 0 and changes() = 1;
delete from {t}webhook_job
where id = @id and exists (select 1 from {t}webhook_delivery d where d.id = @id and d.status not in (0, 2, 3))
