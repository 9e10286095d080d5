-- confirm_jobs: Redis holds the jobs; rows finished meanwhile stay as they are.
-- params: ids text[], epoch text, checkAt bigint
-- Every id has 36 characters; the planner does not know, and so expects few rows and goes by the primary key.
update {t}mail_send_log l set job_state = 2, job_epoch = @epoch, job_due_at = @checkAt
from unnest(@ids) as g(id)
where length(g.id) = 36 and l.id = g.id and l.job_state = 1
