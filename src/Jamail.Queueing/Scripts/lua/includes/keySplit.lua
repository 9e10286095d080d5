-- The prefix (with its colon) and the id of a job key. Ids that hold ':' are split wrongly, as by every other client.
local function keySplit(jobKey)
  return string.match(jobKey, '^(.*:)([^:]*)$')
end
