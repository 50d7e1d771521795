--- Answers with a Deployment, as JSON, from a cache that all workers share. However many ask, one fetches.

local astro = require "astro"
local filter = require "astro.filter"
local json = require("astro.pretty").json -- in the same order each time, as the ETag is made of it

local cache = ngx.shared.deployments

--- What anybody may see: no variables, no addresses, no people.
local SHOWN = { "id", "name", "status", "statusReason", "airflowVersion", "runtimeVersion", "updatedAt" }

--- What a failure is to who asks us. The log has the rest: 401 and 403 are about our token, not theirs.
local FAILURES = {
   not_found = { 404, "no such Deployment, or none that this service may see" },
   rate_limited = { 503, "the Astro API is asked too often at present" },
   cancelled = { 503, "the request was cancelled" },
   timeout = { 504, "the Astro API did not answer in time" },
}
local FAILURE = { 502, "the Astro API did not give the Deployment" }

--- Seconds of a fetch with all its attempts; the lock of a request that was killed is free a little later.
local TIMEOUT, LOCKED = 10, 11

for _, name in ipairs({ "ASTRO_API_TOKEN", "ASTRO_ORGANIZATION_ID" }) do
   assert(os.getenv(name), name .. " is not set")
end

-- All workers keep the rate of the token together.
local client = astro.client({ loop = astro.loop.resty, rate_dict = "astro_rate", timeout = TIMEOUT })

local deployments = {}

-- An answer is one string: the ETag, which is of one length, and the body. nginx compresses some bodies and leaves
-- others, so the ETag is a weak one: it is for either form.
local ETAG = 36

local function answer_of(value)
   local body = json(value, { indent = 0 })
   return ('W/"%s"%s'):format(ngx.md5(body), body)
end

-- Answer and status, from the service; both stay in the cache for a while, a good answer longer.
local function fetch(id, seconds)
   local deployment, message, err = client:get_deployment(id)
   if deployment then
      local answer = answer_of(filter.pick(deployment, SHOWN))
      cache:set("last " .. id, answer, seconds.fresh + seconds.stale)
      cache:set(id, answer, seconds.fresh, 200)
      return answer, 200
   end
   ngx.log(ngx.WARN, message)
   local status, text = unpack(FAILURES[err.kind] or FAILURE)
   if status == 404 then
      cache:delete("last " .. id)
   end
   local answer = answer_of({ error = err.kind, message = text })
   cache:set(id, answer, seconds.failed, status)
   return answer, status
end

-- Answer, status, and where they come from, once one request has fetched; the others wait for that one.
local function fetch_once(id, seconds)
   local lock = "lock " .. id
   local is_ours, answer, status
   repeat
      is_ours = cache:add(lock, true, LOCKED)
      if not is_ours then
         ngx.sleep(0.02)
      end
      answer, status = cache:get(id) -- who had the lock before may have been quicker
   until is_ours or answer
   local origin = answer and "HIT" or "MISS"
   if not answer then
      answer, status = fetch(id, seconds)
   end
   if is_ours then
      cache:delete(lock)
   end
   return answer, status, origin
end

---Answers the request. `X-Cache` says where the answer comes from: `HIT`, `MISS`, or `STALE` where the service
---fails and did not before. nginx makes a 304 of it where the `If-None-Match` has its `ETag`.
---@param id string
---@param seconds { fresh: number, stale: number, failed: number } how long a Deployment is served without
---asking, how much longer while the service fails, and after what time a failure is put to the test again
function deployments.answer(id, seconds)
   local origin, answer, status = "HIT", cache:get(id)
   if not answer then
      answer, status, origin = fetch_once(id, seconds)
   end
   local last = status >= 500 and cache:get("last " .. id)
   if last then
      answer, status, origin = last, 200, "STALE"
   end
   local header = ngx.header
   if status == 200 then
      header["ETag"] = answer:sub(1, ETAG)
   else
      ngx.status = status
   end
   header["X-Cache"] = origin
   header["Content-Length"] = #answer - ETAG
   ngx.print(answer:sub(ETAG + 1))
end

return deployments
