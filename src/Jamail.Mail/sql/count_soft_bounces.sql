-- count_soft_bounces: how many of the last mails to an address ended at a full mailbox, and when the first of them did.
-- params: tenant text, hash bytes, last int
-- returns: Count bigint, First bigint null
select count(*) as Count, min(completed_at) as First
from (
  select status, smtp_code, enhanced_code, completed_at from {t}mail_send_log
  where tenant_id = @tenant and to_hash = @hash and status in (5, 6, 7, 10)
  order by queued_at desc, id desc
  limit @last) ended
where status = 7 and (enhanced_code like '_.2.2' or (smtp_code = 552 and enhanced_code is null))
