-- Arguments: method, authorization, file of bodies, one a line, or "-", mean pause between two requests in ms or "-".
function init(args)
  wrk.method = args[1]
  wrk.headers["authorization"] = args[2]
  if args[3] ~= "-" then
    wrk.headers["content-type"] = "application/json"
    local bodies = {}
    for body in io.lines(args[3]) do bodies[#bodies + 1] = body end
    wrk.body = bodies[1]
    if #bodies > 1 then
      local requests, sent = {}, 0
      for number, body in ipairs(bodies) do
        requests[number] = wrk.format(nil, nil, nil, body)
      end
      request = function()
        sent = sent + 1
        return requests[sent % #requests + 1]
      end
    end
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
