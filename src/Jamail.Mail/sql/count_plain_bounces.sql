-- count_plain_bounces: how many other mails to an address bounced with words alone, which say that there is no such mailbox but not by a code.
-- params: tenant text, hash bytes, id text, since bigint
-- returns: count bigint
select count(*) from {t}mail_send_log l
where l.tenant_id = @tenant and l.to_hash = @hash and l.id <> @id and l.status = 7 and l.completed_at >= @since
  and exists (select 1 from {t}mail_send_attempt a where a.log_id = l.id and a.error_class = 'bounce')
