-- want_again: jobs that Redis forgot are wanted again.
-- params: queue, epoch, now, limit
update {t}job_outbox
set job_state = 1, job_due_at = @now
where id in (
  select id from {t}job_outbox
  where queue = @queue and job_state = 2 and (job_epoch is null or job_epoch <> @epoch)
  limit @limit)
