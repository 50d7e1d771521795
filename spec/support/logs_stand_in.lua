-- A log that grows, inside nginx: /growing/<mode>/... It is as long as the token's number of searches has it. Modes:
-- plain, and failing: the token's requests 2 to 6 meet a 503, a 429, an end without an answer, one that is late, and a
-- page that is none. Answers have five lines.

local cjson = require "cjson"
local log_service = require "spec.support.log_service"

local counts = ngx.shared.counts
local token = ngx.var.http_authorization or ""

local START = 1795780800 -- 2026-11-27T12:00:00Z

-- Each: the search that finds it first, the second after the start, source, text.
local LINES = {
   { 1, 0, "scheduler", "start" },
   { 1, 0, "worker", "start" },
   { 1, 1, "scheduler", "the same" },
   { 1, 1, "scheduler", "the same" },
   { 1, 1, "scheduler", "the same" },
   { 1, 1, "scheduler", "the same" },
   { 1, 2, "worker", "Task \27[31mload\27[0m ERROR" },
   { 2, 9, "scheduler", "next" },
   { 3, 2, "worker", "late" },
   { 3, 9, "scheduler", "next" },
   { 5, 20, "scheduler", "end" },
}

local model = { lines = {}, unit = 1000, page = 5 }
for i, line in ipairs(LINES) do
   model.lines[i] = { seen_at = line[1], timestamp = START + line[2], source = line[3], raw = line[4] }
end

-- The query, each key with a list.
local function read_query()
   local query = ngx.req.get_uri_args(0)
   for name, value in pairs(query) do
      query[name] = type(value) == "table" and value or { value }
   end
   return query
end

local function refuse(status)
   ngx.status = status
   ngx.say(cjson.encode({ message = "refused", requestId = "stand-in", statusCode = status }))
   ngx.exit(status)
end

local failures = {
   [2] = function()
      refuse(503)
   end,
   [3] = function()
      ngx.header.retry_after = "0"
      refuse(429)
   end,
   [4] = function()
      ngx.exit(444)
   end,
   [5] = function()
      ngx.sleep(2)
   end,
   [6] = function()
      ngx.say "<html>"
      ngx.exit(200)
   end,
}

local mode, id = ngx.var.uri:match "^/growing/(%a+)/.*/deployments/([^/]+)/logs$"
ngx.header.content_type = "application/json"
if id == "nobody" then
   refuse(404)
end
local request = counts:incr(token .. "log requests", 1, 0)
if mode == "failing" and failures[request] then
   failures[request]()
end
local query = read_query()
local search = query.searchId and counts:get(token .. "searches") or counts:incr(token .. "searches", 1, 0)
local page = log_service.answer(model, query, search)
ngx.say((cjson.encode(page):gsub('"results":{}', '"results":[]')))
