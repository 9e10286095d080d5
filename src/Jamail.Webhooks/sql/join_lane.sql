-- join_lane: takes the next place of a lane, and keeps others from it until the transaction ends.
-- params: lane, webhookId, now
-- returns: LaneRow
insert into {t}webhook_lane (lane, webhook_id, last_seq, joined_at) values (@lane, @webhookId, 1, @now)
on conflict (lane) do update set last_seq = {t}webhook_lane.last_seq + 1, joined_at = excluded.joined_at
returning last_seq as LastSeq, blocked_by as BlockedBy
