-- Trace: the trace of who stored a mail, for the jobs that are made of it.

alter table {t}mail_send_log add column trace text;                 -- W3C traceparent
alter table {t}mail_send_log add column trace_state text;           -- W3C tracestate
