-- Asks for the paths of a file in turn, and writes what was seen as one line of JSON.
local requests, place = {}, 0

function init(arguments)
   for line in io.lines(os.getenv("LOAD_PATHS")) do
      requests[#requests + 1] = wrk.format("GET", line)
   end
   place = math.random(0, #requests - 1)
end

function request()
   place = place % #requests + 1
   return requests[place]
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      '\n{"requests": %d, "seconds": %.6f, "p50": %.3f, "p99": %.3f, "bytes": %d, "refused": %d, "broken": %d}\n',
      summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
      summary.bytes, errors.status, errors.connect + errors.read + errors.write + errors.timeout
   ))
end
