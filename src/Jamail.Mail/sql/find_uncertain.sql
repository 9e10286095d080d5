-- find_uncertain: mails in doubt, oldest first, after a cursor.
-- params: tenant text, category text null, provider text null, before bigint, at bigint, id text, count int
select id, queued_at as QueuedAt
from {t}mail_send_log
where tenant_id = @tenant and in_doubt = 1 and queued_at < @before
  and (@category is null or category = @category) and (@provider is null or provider = @provider)
  and (queued_at > @at or (queued_at = @at and id > @id))
order by queued_at, id
limit @count
