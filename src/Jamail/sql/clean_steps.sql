-- clean_steps: forgets steps of jobs that will not run again.
-- params: before
delete from {t}job_step where done_at < @before
