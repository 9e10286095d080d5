-- The stored options of a job: as they came, or encoded from the decoded table.
local function optionsJson(job)
  local json = job.optionsJson
  if not json then
    json = cjson.encode(job.options)
    job.optionsJson = json
  end
  return json
end
