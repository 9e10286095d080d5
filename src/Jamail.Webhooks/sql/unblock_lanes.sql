-- unblock_lanes: nothing stops the lanes of an endpoint any more.
-- params: id (the endpoint)
update {t}webhook_lane set blocked_by = null where webhook_id = @id and blocked_by is not null
