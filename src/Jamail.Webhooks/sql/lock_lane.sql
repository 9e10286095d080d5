-- lock_lane: keeps others from a lane until the transaction ends.
-- params: lane
update {t}webhook_lane set last_seq = last_seq where lane = @lane
