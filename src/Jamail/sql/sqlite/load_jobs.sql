-- load_jobs: what some jobs are.
-- params: ids
-- returns: JobOutboxRow
select id as Id, job_key as JobKey, name as Name, data as Data, options as Options
from {t}job_outbox
where id in @ids
order by created_at, id
