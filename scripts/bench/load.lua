-- What wrk sends. Arguments: "any" (each request one of the lines, by chance) or "once" (each line once, in order), and
-- a file with a line a request: method, host, path, body, with tabs between. In a body {token} becomes a fresh UUID, {turn}
-- a number that no other request has.
local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
end

function init(args)
  how, lines, turn = args[1], {}, 0
  seen200, seen303, seen409, other, example, is_used_up = 0, 0, 0, 0, "", false
  math.randomseed(os.time())
  for line in io.lines(args[2]) do
    local method, host, path, body = line:match("^(.-)\t(.-)\t(.-)\t(.*)$")
    local headers = { Host = host }
    if wrk.headers["Cookie"] then headers["Cookie"] = wrk.headers["Cookie"] end
    if method == "GET" then
      lines[#lines + 1] = wrk.format(method, path, headers)
    else
      lines[#lines + 1] = { method = method, host = host, path = path, body = body }
    end
  end
end

local function token()
  local hex = function(x) return string.format("%x", x == "x" and math.random(0, 15) or math.random(8, 11)) end
  return (("xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx"):gsub("[xy]", hex))
end

function request()
  turn = turn + 1
  if how == "any" then return lines[math.random(#lines)] end
  local line = lines[turn]
  if not line then
    is_used_up = true
    wrk.thread:stop()
    line = lines[#lines]
  end
  local headers = {
    Host = line.host,
    Origin = "http://" .. line.host,
    ["Content-Type"] = "application/x-www-form-urlencoded",
  }
  local body = line.body:gsub("{token}", token):gsub("{turn}", turn)
  return wrk.format(line.method, line.path, headers, body)
end

function response(status)
  if status == 200 then seen200 = seen200 + 1
  elseif status == 303 then seen303 = seen303 + 1
  elseif status == 409 then seen409 = seen409 + 1
  else other, example = other + 1, tostring(status) end
end

function done(summary, latency)
  local sum = function(name)
    local total = 0
    for _, thread in ipairs(threads) do total = total + thread:get(name) end
    return total
  end
  local used_up, last = false, ""
  for _, thread in ipairs(threads) do
    used_up = used_up or thread:get("is_used_up")
    if thread:get("example") ~= "" then last = thread:get("example") end
  end
  io.write(string.format(
    '\n{"requests":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f,"200":%d,"303":%d,"409":%d,"other":%d,"example":"%s",'
      .. '"broken":%d,"late":%d,"usedUp":%s}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    sum("seen200"), sum("seen303"), sum("seen409"), sum("other"), last,
    summary.errors.connect + summary.errors.read + summary.errors.write, summary.errors.timeout, tostring(used_up)))
end
