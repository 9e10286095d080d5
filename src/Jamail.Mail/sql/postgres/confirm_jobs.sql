-- confirm_jobs: Redis holds the jobs; mails finished or moved meanwhile stay as they are.
-- params: ids text[], leases bigint[] (until when each was its adder's: another time says that it was moved), epoch text, checkAt bigint
-- So that the plan goes by the primary key, even one made when the table was empty: the planner expects few texts of 36 characters (every id
-- has so many), and sees no condition on the table alone.
update {t}mail_job j set state = 2, epoch = @epoch, due_at = @checkAt
from unnest(@ids, @leases) as g(id, lease)
where length(g.id) = 36 and j.id = g.id and case when g.id <> '' then j.state = 1 and j.due_at = g.lease end
