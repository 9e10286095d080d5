-- expunge_attempts: removes what endpoints answered to an event.
-- params: eventId
update {t}webhook_attempt set response_body = null, response_headers = null, request_headers = null where event_id = @eventId
