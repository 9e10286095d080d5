-- continue_part: a doubt about a part ends as sent, and the mail goes on with those the part left out, by a new job.
-- params: id, tenant text, rest text null (those left out; null: whoever stands there), reason text, now bigint
update {t}mail_send_log
set status = 1, status_reason = @reason, recipients_left = part_left, part_left = null, doubt_since = null, completed_at = null, next_attempt_at = null,
  updated_at = @now, job_seq = job_seq + 1, job_key = null
where id = @id and tenant_id = @tenant and status = 9 and part_left is not null and (@rest is null or part_left = @rest)
