-- insert_step: notes that a step is done, unless it is noted. Waits for a transaction that notes the same.
-- params: queue, job, addedAt, step, now
insert into {t}job_step (queue, job_id, added_at, step, done_at)
values (@queue, @job, @addedAt, @step, @now)
on conflict do nothing
