-- block_lane: a delivery that was given up stops those behind it.
-- params: lane, id (the delivery)
update {t}webhook_lane set blocked_by = @id where lane = @lane
