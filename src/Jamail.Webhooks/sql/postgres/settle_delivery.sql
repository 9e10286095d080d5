-- settle_delivery: other workers ended the jobs. What was wanted later, or is held by a worker of ours, stays as it is.
-- params: ids, seqs (of the jobs; null for the present one), statuses, times (arrays of one length, no id twice), now
-- returns: lane, of each that was settled
with settled as (
  update {t}webhook_delivery d
  set status = w.status, next_attempt_at = null, claim_token = null, claim_until = null, completed_at = w.at
  from unnest(@ids, @seqs, @statuses, @times) as w(id, seq, status, at)
  join {t}webhook_job j on j.id = w.id
  where d.id = w.id and (w.seq is null or d.job_seq = w.seq) and d.status in (0, 2, 3) and j.wanted_at <= w.at
    and (d.claim_until is null or d.claim_until <= @now)
  returning d.id, d.lane),
gone as (
  delete from {t}webhook_job j using settled s where j.id = s.id)
select lane from settled
