-- extend_claims: keeps the claims of mails that are being sent.
-- params: ids text[], worker text, until bigint
-- returns: the ids still held
-- So that the plan goes by the primary key, even one made when the table was empty: the planner expects few texts of 36 characters (every id
-- has so many), and sees no condition on the table alone.
update {t}mail_send_log l set claim_until = @until
from unnest(@ids) as g(id)
where length(g.id) = 36 and l.id = g.id
  and case when g.id <> '' then l.status = 2 and l.claim_worker = @worker end
returning l.id
