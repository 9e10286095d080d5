-- 0004_trace_state: goes with webhook_event.trace, for the jobs that are made of the deliveries of an event.

alter table {t}webhook_event add column trace_state text;           -- W3C tracestate of the publisher
