-- find_events_position: how far the events of a queue were read.
-- params: queue text
select events_position from {t}mail_queue where queue = @queue
