-- erase_named_events: details of events that name an address, such as that of a copy which was left out and is in no list of its mail any more.
-- params: tenant, named, ascii text (the address in lower case, as it is written and with its domain as an A-label; LIKE patterns)
update {t}mail_event set detail = null
where tenant_id = @tenant and (lower(detail) like @named escape '\' or lower(detail) like @ascii escape '\')
