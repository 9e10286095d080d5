-- settle_delivery: another worker ended the job. What was wanted later, or is held by a worker of ours, stays as it is.
-- params: id, seq (of the job; null for the present one), status, at, now
-- returns: lane, when it was settled
update {t}webhook_delivery
set status = @status, next_attempt_at = null, claim_token = null, claim_until = null, completed_at = @at
where id = @id and (@seq is null or job_seq = @seq) and status in (0, 2, 3) and (claim_until is null or claim_until <= @now)
  and exists (select 1 from {t}webhook_job j where j.id = @id and j.wanted_at <= @at)
returning lane;
delete from {t}webhook_job
where id = @id and exists (select 1 from {t}webhook_delivery d where d.id = @id and d.status not in (0, 2, 3))
