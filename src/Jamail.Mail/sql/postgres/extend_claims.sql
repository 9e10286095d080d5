-- extend_claims: keeps the claims of mails that are being sent.
-- params: ids text[], worker text, until bigint
-- returns: the ids still held
-- Every id has 36 characters; the planner does not know, and so expects few rows and goes by the primary key.
update {t}mail_send_log l set claim_until = @until
from unnest(@ids) as g(id)
where length(g.id) = 36 and l.id = g.id and l.status = 2 and l.claim_worker = @worker
returning l.id
