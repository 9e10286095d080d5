-- find_body: the bytes an event is sent with.
-- params: eventId
-- returns: body
select body from {t}webhook_event where id = @eventId
