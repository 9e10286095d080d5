-- count_mails: how many mails of a tenant were accepted, tests of templates apart, by the hour they were accepted in and by what became of them.
-- params: tenant text, since bigint, until bigint
-- returns: hour bigint (Unix ms of its begin), category text, provider text null, status int, count bigint
select queued_at - queued_at % 3600000 as Hour, category, provider, status, count(*) as Count
from {t}mail_send_log
where tenant_id = @tenant and queued_at >= @since and queued_at < @until and (tags is null or tags not like '%"jamail-test"%')
group by 1, 2, 3, 4
