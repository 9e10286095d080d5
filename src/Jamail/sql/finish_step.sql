-- finish_step: the result of a step.
-- params: queue, job, addedAt, step, result
update {t}job_step set result = @result
where queue = @queue and job_id = @job and added_at = @addedAt and step = @step
