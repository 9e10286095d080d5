--include queueOf
-- The job that the add scripts get: ARGV[1] packed list, ARGV[2] data, ARGV[3] packed options.
local function jobFromArguments(arguments, data, packedOptions)
  local given = cmsgpack.unpack(arguments)
  local options = cmsgpack.unpack(packedOptions)
  return {
    prefix = given[1], id = given[2], name = given[3], timestamp = given[4], parentKey = given[5],
    dependenciesKey = given[6], parent = given[7], rjk = given[8], dedupKey = given[9], defer = given[10],
    data = data, options = options, delay = options.delay or 0, priority = options.priority or 0,
    lifo = options.lifo, de = options.de
  }
end
