-- Deployments that are otherwise from look to look, inside nginx: /changing/<count>/<steps>/. They are copies of a
-- fixture, in one workspace. A token's first list has the first step, the next one the next, ..., the rest the last;
-- what else it asks for is as it was with its last list. A further page is of the same look. Steps:
--
--   same       nothing is otherwise than in the fixture
--   sick       the first is UNHEALTHY, and its queue "heavy" has more cores
--   touched    somebody saved the first as it was
--   less       the first is not there
--   more       one more is there
--   unlisted   the list lacks the first; it is there
--   denied     the list lacks the first, which is a 403
--   hidden     the token does not see the workspace: no Deployments, a 404 for each, a 403 for it
--   since-<t>-<p>  from the time t, in seconds since the epoch: sick for p seconds, the same for p seconds, and so on
--   a number   an HTTP status for the list, with "+7" a Retry-After of 7 s

local cjson = require "cjson"

local counts = ngx.shared.counts
local token = ngx.var.http_authorization or ""

local function answer(value, status)
   ngx.status = status or 200
   ngx.header.content_type = "application/json"
   ngx.say(cjson.encode(value))
end

local function refuse(status)
   answer({ message = "refused", requestId = "stand-in-" .. status, statusCode = status }, status)
end

local function read_fixture()
   local file = assert(io.open(ngx.var.fixtures .. "/cmdep0full0000000000000001.json"))
   local text = file:read "*a"
   file:close()
   return text
end

local function id_of(number)
   return ("cmdep%020d"):format(number)
end

local function deployment(number, step)
   local one = cjson.decode(read_fixture())
   one.id, one.name = id_of(number), "number " .. number
   if number == 1 and step == "sick" then
      one.status, one.workerQueues[2].podCpu = "UNHEALTHY", "9"
   elseif number == 1 and step == "touched" then
      one.updatedAt, one.updatedBy = "2026-11-27T00:00:00Z", { id = "somebody" }
   end
   return one
end

local LACKS_FIRST = { less = true, unlisted = true, denied = true }

-- The numbers of those that the list has, in its order.
local function listed(count, step, wanted)
   local numbers = {}
   for number = 1, step == "hidden" and 0 or step == "more" and count + 1 or count do
      local is_meant = not wanted or wanted[id_of(number)]
      if is_meant and not (number == 1 and LACKS_FIRST[step]) then
         numbers[#numbers + 1] = number
      end
   end
   return numbers
end

-- The ids that the query names, as a set; nil for all.
local function wanted_of(query)
   local ids, wanted = query.deploymentIds, {}
   for _, id in ipairs(type(ids) == "table" and ids or { ids }) do
      wanted[id] = true
   end
   return ids and wanted
end

local function give_list(count, step)
   local query = ngx.req.get_uri_args(0)
   local numbers = listed(count, step, wanted_of(query))
   local limit, offset = tonumber(query.limit) or 20, tonumber(query.offset) or 0
   local rows = setmetatable({}, cjson.empty_array_mt)
   for place = offset + 1, math.min(offset + limit, #numbers) do
      rows[#rows + 1] = deployment(numbers[place], step)
   end
   answer({ deployments = rows, limit = limit, offset = offset, totalCount = #numbers })
end

local function give_one(count, step, id)
   local number = tonumber(id:match "^cmdep(%d+)$")
   local is_first_gone = number == 1 and step == "less"
   if number == 1 and step == "denied" then
      refuse(403)
   elseif not number or number > count + (step == "more" and 1 or 0) or is_first_gone or step == "hidden" then
      refuse(404)
   else
      answer(deployment(number, step))
   end
end

-- The step that this request meets; the first page of a list goes on to the next one.
local function step_of(steps, is_list)
   local is_first = is_list and (tonumber(ngx.var.arg_offset) or 0) == 0
   local turn = counts:incr(token .. "changing", is_first and 1 or 0, 0)
   local all = {}
   for step in steps:gmatch "[^,]+" do
      all[#all + 1] = step
   end
   local step = all[math.max(math.min(turn, #all), 1)]
   local start, period = step:match "^since%-([%d.]+)%-([%d.]+)$"
   if start then
      local periods = math.floor((ngx.now() - tonumber(start)) / tonumber(period))
      return periods >= 0 and periods % 2 == 0 and "sick" or "same"
   end
   return step
end

local count, steps, rest = ngx.var.uri:match "^/changing/(%d+)/([^/]+)/organizations/[^/]+/(.*)$"
local kind, id = rest:match "^(%a+)/?(.*)$"
local step = step_of(steps, rest == "deployments")
local status, seconds = step:match "^(%d+)%+?(%d*)$"
counts:incr(token .. (rest == "deployments" and "list" or "one"), 1, 0)
if kind == "workspaces" then
   if step == "hidden" then
      refuse(403)
   else
      answer({ id = id, name = "Data Platform" })
   end
elseif id ~= "" then
   give_one(tonumber(count), step, id)
elseif status then
   ngx.header.retry_after = seconds ~= "" and seconds or nil
   refuse(tonumber(status))
else
   give_list(tonumber(count), step)
end
