--- Answers with a Deployment, as JSON, from a cache that all workers share. However many ask, one fetches.

local astro = require "astro"
local cjson = require "cjson"
local filter = require "astro.filter"

local cache = ngx.shared.deployments

--- What anybody may see: no variables, no addresses, no people.
local SHOWN = { "id", "name", "status", "statusReason", "airflowVersion", "runtimeVersion", "updatedAt" }

--- What a failure is to who asks us; 502 what is not here: 401 and 403 are about our token, not theirs.
local STATUS = { not_found = 404, rate_limited = 503, cancelled = 503, timeout = 504 }

--- Seconds of a fetch with all its attempts; the lock of a request that was killed is free a little later.
local TIMEOUT, LOCKED = 10, 11

for _, name in ipairs({ "ASTRO_API_TOKEN", "ASTRO_ORGANIZATION_ID" }) do
   assert(os.getenv(name), name .. " is not set")
end

local client = astro.client({ loop = require "astro.loop.resty", timeout = TIMEOUT })

local deployments = {}

-- Body and status, from the service; both stay in the cache for a while, a good body longer.
local function fetch(id, seconds)
   local deployment, message, err = client:get_deployment(id)
   if deployment then
      local body = cjson.encode(filter.pick(deployment, SHOWN))
      cache:set("last " .. id, body, seconds.fresh + seconds.stale)
      cache:set("now " .. id, body, seconds.fresh, 200)
      return body, 200
   end
   ngx.log(ngx.WARN, message)
   local body, status = cjson.encode({ error = err.kind }), STATUS[err.kind] or 502
   if status == 404 then
      cache:delete("last " .. id)
   end
   cache:set("now " .. id, body, seconds.failed, status)
   return body, status
end

-- Body, status, and where they come from. Who finds nothing waits for the one that fetches.
local function find(id, seconds)
   local now, lock = "now " .. id, "lock " .. id
   local body, status = cache:get(now)
   while not body and not cache:add(lock, true, LOCKED) do
      ngx.sleep(0.02)
      body, status = cache:get(now)
   end
   if body then
      return body, status, "HIT"
   end
   body, status = cache:get(now) -- who had the lock before may have been quicker
   local origin = body and "HIT" or "MISS"
   if not body then
      body, status = fetch(id, seconds)
   end
   cache:delete(lock)
   return body, status, origin
end

---Answers the request. `X-Cache` says where the answer comes from: `HIT`, `MISS`, or `STALE` where the service
---fails and did not before.
---@param id string
---@param seconds { fresh: number, stale: number, failed: number } how long a Deployment is served without
---asking, how much longer while the service fails, and after what time a failure is put to the test again
function deployments.answer(id, seconds)
   local body, status, origin = find(id, seconds)
   local last = status >= 500 and cache:get("last " .. id)
   if last then
      body, status, origin = last, 200, "STALE"
   end
   ngx.status = status
   ngx.header["X-Cache"] = origin
   ngx.print(body)
end

return deployments
