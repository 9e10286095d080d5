-- read_step: the result of a step that is done.
-- params: queue, job, addedAt, step
-- returns: result
select result from {t}job_step
where queue = @queue and job_id = @job and added_at = @addedAt and step = @step
