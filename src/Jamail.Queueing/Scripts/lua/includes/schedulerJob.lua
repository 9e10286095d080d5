--include enqueue
-- The next iteration of a scheduler. options is the decoded table; the two fields are set in this order.
local function schedulerJob(q, id, options, name, timestamp, data, schedulerId, delay)
  options.delay = delay
  options.jobId = id
  enqueue(q, {
    name = name, data = data, options = options, timestamp = timestamp, delay = delay,
    priority = options.priority or 0, lifo = options.lifo, de = options.de, rjk = schedulerId
  }, id)
end
