-- save_events_position: how far the events of a queue were read.
-- params: queue, position text
insert into {t}mail_queue (queue, events_position) values (@queue, @position)
on conflict (queue) do update set events_position = excluded.events_position
