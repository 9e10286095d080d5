-- save_position: up to where the queue's events were read.
-- params: name, position
insert into {t}webhook_queue_position (name, position) values (@name, @position)
on conflict (name) do update set position = excluded.position
