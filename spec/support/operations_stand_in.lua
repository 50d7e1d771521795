-- Every operation of the API, inside nginx: /operations/<path below the version's>. An answer is made from what the
-- row says that it is; a path of no row answers a page of three if it is got, else nothing. What a token asked for last
-- is told at /asked/.

local brief = require "astro.api.brief"
local bodies = require "astro.api.bodies"
local cjson = require "cjson"
local objects = require "astro.api.objects"
local operation = require "astro.api.operation"
local operations = require "astro.api.operations"
local shape = require "astro.api.shape"

local counts = ngx.shared.counts
local token = ngx.var.http_authorization or ""

local ITEMS = 3

local function answer(value, status)
   ngx.status = status or 200
   ngx.header.content_type = "application/json"
   ngx.say(type(value) == "string" and value or cjson.encode(value))
   ngx.exit(ngx.status)
end

local function refuse(status, message)
   answer({ message = message, requestId = "stand-in-" .. status, statusCode = status }, status)
end

local function read_object(name)
   return shape.objects[name] or (objects[name] or bodies[name]) and brief.read(objects[name] or bodies[name])
end

local SIMPLE = { string = "text", time = "2026-11-27T10:00:00Z", integer = 7, number = 1.5, boolean = true }

local sample

local function sample_of(field, number)
   local value = field.enum and field.enum[1] or SIMPLE[field.type]
   if field.name == "id" or field.name == "userId" then
      value = "id" .. number
   elseif value == nil then
      value = field.type == "map" and { any = "thing" } or sample(field.type, number)
   end
   return field.is_list and { value } or value
end

-- An object with all of its fields.
function sample(name, number)
   local value = {}
   for _, field in ipairs(read_object(name)) do
      value[field.name] = sample_of(field, number)
   end
   return value
end

local function page(key, item)
   local query = ngx.req.get_uri_args(0)
   local offset, limit = tonumber(query.offset) or 0, tonumber(query.limit) or 20
   local rows = {}
   for number = offset + 1, math.min(offset + limit, ITEMS) do
      rows[#rows + 1] = item(number)
   end
   local list = #rows > 0 and cjson.encode(rows) or "[]"
   local form = '{"%s":%s,"limit":%d,"offset":%d,"totalCount":%d}'
   answer(form:format(key, list, limit, offset, ITEMS))
end

local function answer_row(op)
   if op.source then
      local item = read_object(op.answers).by_name[op.source.key].type
      page(op.source.key, function(number)
         return sample(item, number)
      end)
   elseif not op.answers then
      ngx.exit(204)
   elseif op.answers == "bytes" then
      ngx.print "\31\139 bytes as they are"
   else
      local value = sample(op.answers, 1)
      answer(op.answers_list and { value } or value)
   end
end

local function answer_unknown(path)
   if ngx.req.get_method() ~= "GET" then
      ngx.exit(204)
   end
   page(path:match "([^/]+)$", function(number)
      return { id = "id" .. number }
   end)
end

local function find_row(path)
   for _, row in ipairs(operations) do
      local pattern = row[3]:gsub("%-", "%%-"):gsub("{%a+}", "[^/]+")
      if row[2] == ngx.req.get_method() and path:find("^" .. pattern .. "$") then
         return operation.read(row)
      end
   end
end

-- As the service would say it.
local function check(op, body)
   for _, name in ipairs(op.required) do
      if not ngx.var["arg_" .. name] then
         refuse(400, name .. " is missing")
      end
   end
   if op.row.takes and not pcall(cjson.decode, body) then
      refuse(400, "no JSON")
   end
end

ngx.req.read_body()
local kind, path = ngx.var.uri:match "^/(%a+)(/.*)$"
if kind == "asked" then
   answer(counts:get(token .. "asked") or "{}")
end
local body = ngx.req.get_body_data()
counts:set(
   token .. "asked",
   cjson.encode({ method = ngx.req.get_method(), uri = ngx.var.request_uri, body = body })
)
local op = find_row(path)
if op then
   check(op, body)
   answer_row(op)
else
   answer_unknown(path)
end
