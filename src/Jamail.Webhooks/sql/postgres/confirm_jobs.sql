-- confirm_jobs: Redis holds the jobs. What ended or wants another job meanwhile stays as it is.
-- params: ids, leases (until when each was its adder's: another time says that another job is wanted; arrays of one length), epoch, checkAt
-- returns: the ids of those that have not ended
-- So that the plan goes by the primary key, even one made when the table was empty: the planner expects few texts of 36 characters (every id
-- has so many), and sees no condition on the table alone.
update {t}webhook_job j
set state = 2, epoch = @epoch, due_at = @checkAt
from unnest(@ids, @leases) as w(id, lease)
where length(w.id) = 36 and j.id = w.id
  and case when w.id <> '' then (j.state = 1 and j.due_at = w.lease) or (j.state = 2 and j.epoch is null) end
returning j.id
