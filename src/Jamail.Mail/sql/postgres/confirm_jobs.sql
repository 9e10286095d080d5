-- confirm_jobs: Redis holds the jobs; rows finished meanwhile stay as they are.
-- params: ids text[], epoch text, checkAt bigint
-- So that the plan goes by the primary key, even one made when the table was empty: the planner expects few texts of 36 characters (every id
-- has so many), and sees no condition on the table alone.
update {t}mail_send_log l set job_state = 2, job_epoch = @epoch, job_due_at = @checkAt
from unnest(@ids) as g(id)
where length(g.id) = 36 and l.id = g.id and case when g.id <> '' then l.job_state = 1 end
