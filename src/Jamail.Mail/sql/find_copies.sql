-- find_copies: mails that may have an address among their copies, or among those that a part left out; whoever asks compares each.
-- params: tenant text, pattern text (what a copy's text has in it, in lower case; a LIKE pattern)
select id, tenant_id as TenantId, cc, bcc, recipients_left as RecipientsLeft, part_left as PartLeft
from {t}mail_send_log
where tenant_id = @tenant
  and (lower(cc) like @pattern escape '\' or lower(bcc) like @pattern escape '\'
    or lower(recipients_left) like @pattern escape '\' or lower(part_left) like @pattern escape '\')
