-- list_event_jobs: the deliveries of an event that may have jobs in the queue, also jobs that ended.
-- params: eventId
-- returns: OutboxDelivery, of which only what the jobs' ids are made of
select d.id as Id, d.job_seq as JobSeq from {t}webhook_delivery d where d.event_id = @eventId
