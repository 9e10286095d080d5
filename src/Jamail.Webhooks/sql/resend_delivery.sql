-- resend_delivery: makes an ended delivery want one attempt now, under a new job id.
-- params: id, now, jobDueAt
update {t}webhook_delivery
set status = 0, resend = 1, origin = 2, next_attempt_at = null, not_before = null, completed_at = null, job_seq = job_seq + 1
where id = @id and status in (4, 5, 6, 7, 8);
insert into {t}webhook_job (id, webhook_id, lane, seq, state, due_at, wanted_at)
select d.id, d.webhook_id, d.lane, d.seq, 1, @jobDueAt, @now
from {t}webhook_delivery d
where d.id = @id and d.status = 0
on conflict do nothing
