-- read_position: up to where the queue's events were read.
-- params: name
-- returns: position
select position from {t}webhook_queue_position where name = @name
