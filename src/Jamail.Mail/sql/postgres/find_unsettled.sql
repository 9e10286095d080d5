-- find_unsettled: which of these mails are not at their end.
-- params: ids text[]
-- returns: their ids
select l.id
from unnest(@ids) as g(id)
join {t}mail_send_log l on l.id = g.id
where length(g.id) = 36 and case when g.id <> '' then l.status < 5 or l.status = 9 end
