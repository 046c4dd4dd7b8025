-- Arguments: method, authorization, file of the body or "-", mean pause between two requests in ms or "-".
function init(args)
  wrk.method = args[1]
  wrk.headers["authorization"] = args[2]
  if args[3] ~= "-" then
    local file = assert(io.open(args[3], "rb"))
    wrk.body = file:read("*a")
    file:close()
    wrk.headers["content-type"] = "application/json"
  end
  if args[4] ~= "-" then
    local mean = tonumber(args[4])
    math.randomseed(1)
    -- Spread evenly, so that the connections do not come in step.
    delay = function() return math.random(0, 2 * mean) end
  end
end

function done(summary, latency)
  local failed = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%.6f,"p50Ms":%.3f,"p99Ms":%.3f,"failed":%d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    failed.connect + failed.read + failed.write + failed.status + failed.timeout))
end
