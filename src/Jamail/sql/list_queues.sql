-- list_queues: the queues that have rows.
-- params: now, all (1; 0: only those with jobs to add now)
-- returns: queue
select distinct queue from {t}job_outbox
where @all = 1 or (job_state = 1 and job_due_at <= @now)
