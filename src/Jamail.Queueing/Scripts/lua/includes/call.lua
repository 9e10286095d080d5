-- call: redis.call under a short name; the first include of most scripts.
local call = redis.call
