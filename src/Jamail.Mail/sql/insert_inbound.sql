-- insert_inbound: a report, unless it was taken before.
-- params: source, eventId, kind text, logId, detail text null, now bigint
insert into {t}mail_inbound (source, event_id, kind, log_id, detail, received_at) values (@source, @eventId, @kind, @logId, @detail, @now)
on conflict (source, event_id) do nothing
