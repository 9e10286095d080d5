--include emitCapped
local function dedupTell(q, job, existing, other)
  emitCapped(q, 'deduplicated', 'jobId', existing, 'deduplicationId', job.de.id, 'deduplicatedJobId', other)
end
