-- unblock_lane: the delivery that stopped a lane stops it no more.
-- params: lane, id (the delivery)
update {t}webhook_lane set blocked_by = null where lane = @lane and blocked_by = @id
