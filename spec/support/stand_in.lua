-- Answers of the stand-in that need thought, inside nginx. The first part of the path says which:
--
--   /lists/<mode>/<count>/     an organization of so many Deployments; modes: plain, forbidden, expired and
--                              broken (403, 401 and 500 for the list), repeating (each page the first), capped
--                              (never more than 7 rows), nothing (no list), vanishing (rows that were given
--                              are gone at the next look), hiding (one row of ten is shown)
--   /sequence/<a,b,...>/       the first request of a token gets a, the next b, ..., the rest the last; each
--                              a status of a Deployment, or a number: an HTTP status, with "+7" a Retry-After
--                              of 7 s, with "+date" one by date
--   /slow/<seconds>/           an answer after a while, but at once for the ids "fast" and "nobody" (404)
--   /hold/, /release/          between these two, the slow answers to this token wait
--   /deprecated/               an answer that says it is
--   /raw/close-<file>-<count>  the first so many bytes of that file of FAULTS_DIR as they are, then an end as
--                              TLS wants it; for HTTP/1.1
--   /counts/                   how many lists and single Deployments this token was given; how many slow ones
--                              are under way, and how many were at most

local cjson = require "cjson"

--- Nothing is held longer, whoever forgets to release it.
local HOLD_SECONDS = 60

local counts = ngx.shared.counts
local token = ngx.var.http_authorization or ""

local function answer(value, status)
   ngx.status = status or 200
   ngx.header.content_type = "application/json"
   ngx.say(cjson.encode(value))
end

local function refuse(status, message)
   answer({ message = message or "refused", requestId = "stand-in-" .. status, statusCode = status }, status)
end

-- A Deployment that says what was asked: the organization, and the header X-Extra.
local function deployment(id, status)
   return {
      id = id,
      name = "name of " .. id,
      status = status or "HEALTHY",
      statusReason = "because",
      organizationId = ngx.var.uri:match "/organizations/([^/]+)",
      description = ngx.var.http_x_extra,
   }
end

local function id_of(number)
   return ("cmmany%020d"):format(number)
end

local function list_of(value)
   local list = type(value) == "table" and value or { value }
   return setmetatable(list, cjson.empty_array_mt)
end

-- The rows that the query asks for.
local function rows_of(count, query)
   local offset, limit = tonumber(query.offset) or 0, tonumber(query.limit) or 20
   local rows = setmetatable({}, cjson.empty_array_mt)
   if query.deploymentIds then
      for _, id in ipairs(list_of(query.deploymentIds)) do
         local number = tonumber(id:match "^cmmany(%d+)$")
         if number and number <= count and #rows < limit then
            rows[#rows + 1] = deployment(id)
         end
      end
      return rows, #rows
   end
   for number = offset + 1, math.min(offset + limit, count) do
      rows[#rows + 1] = deployment(id_of(number))
   end
   return rows, count
end

-- The rows of what is left, of which none is left for the next look.
local function vanishing_rows(count, query)
   local left, rows = {}, {}
   for number = 1, count do
      if not counts:get(token .. number) then
         left[#left + 1] = number
      end
   end
   for place = query.offset + 1, math.min(query.offset + query.limit, #left) do
      counts:set(token .. left[place], true)
      rows[#rows + 1] = deployment(id_of(left[place]))
   end
   return rows, #left
end

local function shown_rows(count, query)
   local rows = {}
   for _, row in ipairs((rows_of(count, query))) do
      if row.id:find "0$" then
         rows[#rows + 1] = row
      end
   end
   return rows, count
end

local rows_by = { vanishing = vanishing_rows, hiding = shown_rows }

local function give_list(mode, count)
   counts:incr(token .. "list", 1, 0)
   local query = ngx.req.get_uri_args(0)
   if mode == "forbidden" then
      return refuse(403)
   elseif mode == "broken" then
      return refuse(500)
   elseif mode == "expired" then
      return refuse(401, "token expired")
   elseif mode == "nothing" then
      return answer({ unexpected = {} })
   elseif mode == "repeating" then
      query.offset = 0
   elseif mode == "capped" then
      query.limit = 7
   end
   local rows, total = (rows_by[mode] or rows_of)(count, query)
   if mode == "repeating" then
      total = 1e9
   end
   if #rows == 0 then
      return ngx.say(('{"deployments":[],"limit":20,"offset":0,"totalCount":%d}'):format(total))
   end
   answer({
      deployments = rows,
      limit = tonumber(query.limit) or 20,
      offset = tonumber(query.offset) or 0,
      totalCount = total,
   })
end

local function give_one(count, id)
   counts:incr(token .. "one", 1, 0)
   local number = tonumber(id:match "^cmmany(%d+)$")
   if number and number <= count then
      answer(deployment(id))
   else
      refuse(404, "not found")
   end
end

local function give_next(steps)
   local list = {}
   for step in steps:gmatch "[^,]+" do
      list[#list + 1] = step
   end
   local turn = counts:incr(token .. "sequence", 1, 0)
   local step = list[math.min(turn, #list)]
   local status, retry_after = step:match "^(%d+)%+?(%w*)$"
   if not status then
      return answer(deployment("cmsequence", step))
   end
   if retry_after == "date" then
      ngx.header.retry_after = ngx.http_time(ngx.time() + 2)
   elseif retry_after ~= "" then
      ngx.header.retry_after = retry_after
   end
   if status == "200" then
      return answer(deployment "cmsequence")
   end
   refuse(tonumber(status))
end

local function sleep(seconds)
   local at_last = ngx.now() + HOLD_SECONDS
   counts:incr(token .. "one", 1, 0)
   local now = counts:incr(token .. "now", 1, 0)
   counts:set(token .. "most", math.max(now, counts:get(token .. "most") or 0))
   if not counts:get(token .. "held") then
      ngx.sleep(seconds)
   end
   while counts:get(token .. "held") and ngx.now() < at_last do
      ngx.sleep(0.005)
   end
   counts:incr(token .. "now", -1)
end

local kinds = {
   lists = function(rest)
      local mode, count, id = rest:match "^(%a+)/(%d+)/organizations/[^/]+/deployments/?([^/]*)$"
      if id == "" then
         give_list(mode, tonumber(count))
      else
         give_one(tonumber(count), id)
      end
   end,
   sequence = function(rest)
      give_next(rest:match "^([^/]*)/")
   end,
   slow = function(rest)
      local seconds, id = rest:match "^([%d.]+)/.-([^/]+)$"
      if id == "nobody" then
         return refuse(404, "not found")
      elseif id ~= "fast" then
         sleep(tonumber(seconds))
      end
      answer(deployment(id))
   end,
   hold = function()
      counts:set(token .. "held", true)
      answer({})
   end,
   release = function()
      counts:delete(token .. "held")
      answer({})
   end,
   deprecated = function()
      ngx.header.deprecation = "true"
      ngx.header.sunset = "Sun, 31 Jan 2027 23:59:59 GMT"
      answer(deployment "cmold")
   end,
   quick = function(rest)
      answer(deployment(rest:match "[^/]+$"))
   end,
   raw = function(rest)
      local name, count = rest:match "^close%-(%w+)%-(%d+)"
      local file = assert(io.open(ngx.var.faults_dir .. "/" .. name, "rb"))
      local bytes = file:read(tonumber(count)) or ""
      file:close()
      assert(ngx.req.socket(true)):send(bytes)
   end,
   counts = function()
      local result = {}
      for name, key in pairs({ lists = "list", ones = "one", under_way = "now", together = "most" }) do
         result[name] = counts:get(token .. key) or 0
      end
      answer(result)
   end,
}

ngx.req.read_body()
local kind, rest = ngx.var.uri:match "^/(%a+)/(.*)$"
kinds[kind](rest)
