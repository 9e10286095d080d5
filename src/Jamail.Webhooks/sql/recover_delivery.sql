-- recover_delivery: begins a delivery anew, with its whole schedule and under a new job id.
-- params: id, jobState, now
update {t}webhook_delivery
set status = 0, resend = 0, origin = 3, attempts_base = attempts, next_attempt_at = null, not_before = null, completed_at = null,
  job_seq = job_seq + 1
where id = @id and status in (5, 6, 8);
insert into {t}webhook_job (id, webhook_id, lane, seq, state, due_at, wanted_at)
select d.id, d.webhook_id, d.lane, d.seq, @jobState, @now, @now
from {t}webhook_delivery d
where d.id = @id and d.status = 0
on conflict do nothing
