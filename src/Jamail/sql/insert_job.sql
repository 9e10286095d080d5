-- insert_job: a job that wants to be added after the commit.
-- params: id, queue, job, name, data, options, now
insert into {t}job_outbox (id, queue, job_key, name, data, options, created_at, job_state, job_due_at)
values (@id, @queue, @job, @name, @data, @options, @now, 1, @now)
