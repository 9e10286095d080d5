-- claim_mails: takes mails that wait, and those in doubt that are to be sent again, so that nobody else sends them.
-- params: ids text[], token text, until bigint, worker text, provider text, now bigint
-- returns: the ids taken
-- So that the plan goes by the primary key, even one made when the table was empty: the planner expects few texts of 36 characters (every id
-- has so many), and sees no condition on the table alone.
update {t}mail_send_log l
set status = 2, claim_token = @token, claim_until = @until, claim_worker = @worker, provider = @provider, attempts = attempts + 1, updated_at = @now,
  next_attempt_at = null,
  resends = case when status = 9 then resends + 1 else resends end,
  maybe_duplicate = case when status = 9 then 1 else maybe_duplicate end
from unnest(@ids) as g(id)
where length(g.id) = 36 and l.id = g.id
  and case when g.id <> '' then l.status in (0, 1, 3, 4) or (l.status = 9 and l.next_attempt_at <= @now) end
returning l.id
