-- The queue whose keys begin with prefix (which ends with ':'): a table of its key names, made when first asked for,
-- and of what this call has already read. One table per prefix, so that parents in the same queue share it.
local queues = {}
local suffixes = {
  wait = 'wait', paused = 'paused', active = 'active', prioritized = 'prioritized', delayed = 'delayed',
  waitingChildren = 'waiting-children', completed = 'completed', failed = 'failed', meta = 'meta', id = 'id',
  events = 'events', marker = 'marker', pc = 'pc', limiter = 'limiter', stalled = 'stalled', ['repeat'] = 'repeat'
}
local lazy = {
  __index = function(q, name)
    local suffix = suffixes[name]
    if suffix then
      local key = q.prefix .. suffix
      q[name] = key
      return key
    end
  end
}

local function queueOf(prefix, keys)
  local q = queues[prefix]
  if not q then
    q = keys or {}
    q.prefix = prefix
    q.known = false
    q.promoted = false
    q.locks = false
    q.group = false
    q.busy = false
    q.marked = false
    q.childless = false
    q.finished = false
    q.firstDue = false
    setmetatable(q, lazy)
    queues[prefix] = q
  end
  return q
end
