--- Lists of Deployments: one page, or every one of every page.

local exchange = require "astro.client.exchange"
local failure = require "astro.client.failure"
local list = require "astro.api.list"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"
local path = require "astro.client.path"

local pages = {}

local PAGE_SIZE = 100

---The request for one page.
---@param organization string checked
---@param query table<string, any>
function pages.request(organization, query)
   return {
      method = "GET",
      path = ("/organizations/%s/deployments%s"):format(organization, path.query(query)),
      target = "deployments",
   }
end

local function are_tables(rows)
   if not list.count(rows) then
      return false
   end
   for _, row in ipairs(rows) do
      if type(row) ~= "table" then
         return false
      end
   end
   return true
end

local function no_list(problem, fields)
   return failure.new("decode", "GET deployments: decode: " .. problem, fields)
end

---The page that a job came to. An answer without a list of Deployments is an error of kind `decode`.
---@param job astro.Job with its outcome
---@return astro.DeploymentsPaginated? page
---@return string? message
---@return astro.Error? err
function pages.checked(job)
   local page = job.outcome.value
   if page and page.deployments == nil and page.totalCount == 0 then
      page.deployments = {} -- some servers write null for an empty list
   end
   if page and not are_tables(page.deployments) then
      return no_list("no list of deployments", { status = job.outcome.status, attempts = job.attempts })
   end
   return exchange.result(job)
end

---One page. Raises on a query that is not as documented.
---@param call astro.Call
---@param organization string checked
---@param query? astro.Query
---@return astro.DeploymentsPaginated? page
---@return string? message
---@return astro.Error? err
function pages.page(call, organization, query)
   local read = options.read(query, options.of_query, call.name, "query key")
   return pages.checked(exchange.one(call, pages.request(organization, read)))
end

---How far a walk over all pages has come.
---@class astro.PageWalk
---@field start integer the offset of the first page
---@field offset integer how many rows come before the next page
---@field limit integer how many rows a page is asked for
---@field total? integer how many rows there were at the last look
---@field is_last boolean no page comes next
---@field seen table<string, boolean> the ids of the rows taken
local Walk = {}
Walk.__index = Walk

-- The rows whose ids were not seen before, and whether any row has an id.
function Walk:unseen(rows)
   local fresh, has_ids = {}, false
   for _, row in ipairs(rows) do
      local id = row.id
      if id == nil or not self.seen[id] then
         fresh[#fresh + 1] = row
      end
      if id ~= nil then
         self.seen[id], has_ids = true, true
      end
   end
   return fresh, has_ids
end

-- By how many rows to step back: where rows vanished since the last look, those behind them moved up past the offset.
function Walk:moved(total, has_ids)
   local vanished = total and has_ids and (self.total or total) - total or 0
   self.total = total
   return math.min(math.max(vanished, 0), self.offset - self.start)
end

-- Whether a page is shorter than it could be: the token may not see some of its rows, and may see those behind.
local function hides_rows(walk, page)
   local limit = type(page.limit) == "number" and page.limit or walk.limit
   return #page.deployments < limit and (page.offset == nil or page.offset == walk.offset)
end

---Takes the next page. Raises an error table if the page brings nothing new although more rows are said to come.
---@param page astro.DeploymentsPaginated
---@return astro.Deployment[] fresh those that were not taken before
function Walk:take(page)
   local rows = page.deployments
   local fresh, has_ids = self:unseen(rows)
   local total = type(page.totalCount) == "number" and page.totalCount or nil
   local is_hiding = #fresh == 0 and #rows > 0 and hides_rows(self, page)
   local moved = self:moved(total, has_ids or #rows == 0)
   local step = moved > 0 and -moved or is_hiding and self.limit or #rows
   self.offset = self.offset + step
   self.is_last = step == 0 or (total ~= nil and self.offset >= total)
   if step > 0 and not self.is_last and not is_hiding and (#fresh == 0 or not (total or has_ids)) then
      error(select(3, no_list "the service repeats a page"), 0)
   end
   return fresh
end

---An iterator over every Deployment, each once. It raises the error table of a page that cannot be had.
---@param call astro.Call
---@param organization string checked
---@param query? astro.Query
---@param check_open fun() raises if the client was closed meanwhile
---@return fun(): astro.Deployment?
function pages.each(call, organization, query, check_open)
   local read = options.read(query, options.of_query, call.name, "query key")
   read.limit = read.limit or PAGE_SIZE
   if read.limit < 1 then
      misuse.raise(("bad query key 'limit' to '%s' (the size of a page expected, got 0)"):format(call.name))
   end
   read.sorts = read.sorts or "createdAt:asc"
   local start = read.offset or 0
   local walk =
      setmetatable({ start = start, offset = start, limit = read.limit, is_last = false, seen = {} }, Walk)
   local fresh, place = {}, 0

   local function fetch()
      check_open()
      read.offset = walk.offset
      local page, _, err = pages.checked(exchange.one(call, pages.request(organization, read)))
      return walk:take(page or error(err, 0))
   end

   return function()
      place = place + 1
      while not fresh[place] and not walk.is_last do
         fresh, place = fetch(), 1
      end
      return fresh[place]
   end
end

return pages
