--- Lists that come in pages: one page, or every item of every page.

local exchange = require "astro.client.exchange"
local failure = require "astro.client.failure"
local later = require "astro.api.later"
local list = require "astro.api.list"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"
local path = require "astro.client.path"
local progress = require "astro.client.progress"

local pages = {}

local PAGE_SIZE = 100

---Where a list's pages are.
---@class astro.PageSource
---@field path string below the version's path
---@field target string what messages call it
---@field key string the answer's key that has the items
---@field id string an item's key that tells it from others
---@field sorts? string what keeps the order while pages are fetched
---@field tells? boolean a 404 that is not the service's own tells that the version is gone

---The source of any endpoint's pages.
---@param place string the path
---@param key string
---@return astro.PageSource
function pages.source(place, key)
   return { path = place, target = place, key = key, id = "id" }
end

---The source of the Deployments' pages.
---@param organization string checked
---@return astro.PageSource
function pages.deployments(organization)
   local source = pages.source(("/organizations/%s/deployments"):format(organization), "deployments")
   source.target, source.sorts, source.tells = "deployments", "createdAt:asc", true
   return source
end

---A query of any keys, of which those of the page are checked.
---@param query? table<string, any>
---@param to string the method that was given it
---@return table<string, any>
function pages.any_query(query, to)
   misuse.expect(query or {}, "table", "query", to)
   local any = {}
   for name, value in next, query or {} do
      any[name] = value
   end
   local of_page = options.set(later("astro.api.operation").page_query(), {})
   options.read({ limit = any.limit, offset = any.offset }, of_page, to, "query key")
   return any
end

---The request for one page.
---@param source astro.PageSource
---@param query table<string, any>
function pages.request(source, query)
   local place = source.path .. path.query(query)
   return { method = "GET", path = place, target = source.target, any = not source.tells }
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

local function no_list(source, problem, fields)
   return failure.new("decode", ("GET %s: decode: %s"):format(source.target, problem), fields)
end

---The page that a job came to. An answer without a list of items is an error of kind `decode`.
---@param call astro.Call
---@param source astro.PageSource
---@param job astro.Job with its outcome
---@return table? page
---@return string? message
---@return astro.Error? err
function pages.checked(call, source, job)
   local page, key = job.outcome.value, source.key
   if page == nil then
      return exchange.result(job)
   end
   if type(page) == "table" and page[key] == nil and page.totalCount == 0 then
      page[key] = {} -- some servers write null for an empty list
   end
   if type(page) ~= "table" or not are_tables(page[key]) then
      return no_list(source, "no list of " .. key, { status = job.outcome.status, attempts = job.attempts })
   end
   for _, deployment in ipairs(key == "deployments" and page[key] or {}) do
      setmetatable(deployment, call.metatable)
   end
   return page
end

---One page.
---@param call astro.Call
---@param source astro.PageSource
---@param query table<string, any>
---@return table? page
---@return string? message
---@return astro.Error? err
function pages.page(call, source, query)
   return pages.checked(call, source, exchange.one(call, pages.request(source, query)))
end

---How far a walk over all pages has come.
---@class astro.PageWalk
---@field source astro.PageSource
---@field query table<string, any> of every page; limit: how many rows one is asked for
---@field start integer the offset of the first page
---@field offset integer how many rows come before the next page
---@field total? integer how many rows there were at the last look
---@field is_last boolean no page comes next
---@field seen table<string, boolean> the ids of the rows taken
local Walk = {}
Walk.__index = Walk

-- The rows whose ids were not seen before, and whether any row has an id.
function Walk:unseen(rows)
   local fresh, has_ids = {}, false
   for _, row in ipairs(rows) do
      local id = row[self.source.id]
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
function Walk:hides_rows(page, rows)
   local limit = type(page.limit) == "number" and page.limit or self.query.limit
   return #rows < limit and (page.offset == nil or page.offset == self.offset)
end

---Takes the next page. It is an error if the page brings nothing new although more rows are said to come.
---@param page table
---@return table[]? fresh the rows that were not taken before
---@return string? message
---@return astro.Error? err
function Walk:take(page)
   local rows = page[self.source.key]
   local fresh, has_ids = self:unseen(rows)
   local total = type(page.totalCount) == "number" and page.totalCount or nil
   local is_hiding = #fresh == 0 and #rows > 0 and self:hides_rows(page, rows)
   local moved = self:moved(total, has_ids or #rows == 0)
   local step = moved > 0 and -moved or is_hiding and self.query.limit or #rows
   self.offset = self.offset + step
   self.is_last = step == 0 or (total ~= nil and self.offset >= total)
   if step > 0 and not self.is_last and not is_hiding and (#fresh == 0 or not (total or has_ids)) then
      return no_list(self.source, "the service repeats a page")
   end
   return fresh
end

---Fetches the next page.
---@param call astro.Call
---@return table[]? fresh the rows that were not taken before
---@return string? message
---@return astro.Error? err
function Walk:fetch(call)
   self.query.offset = self.offset
   local page, message, err = pages.page(call, self.source, self.query)
   if not page then
      return nil, message, err
   end
   return self:take(page)
end

-- How far it has come, for those who wait.
function Walk:told()
   local of_all = self.total and (" of %.0f"):format(self.total) or "" -- any number, as the service says
   return ("%s: %.0f%s"):format(self.source.target, self.offset, of_all)
end

---A walk over all pages, before the first.
---@param call astro.Call
---@param source astro.PageSource
---@param query table<string, any> becomes the walk's own
---@return astro.PageWalk
---@return astro.Call call for its requests, with its progress
function pages.walk(call, source, query)
   query.limit = query.limit or PAGE_SIZE
   if query.limit < 1 then
      misuse.raise(("bad query key 'limit' to '%s' (the size of a page expected, got 0)"):format(call.name))
   end
   query.sorts = query.sorts or source.sorts
   local start = query.offset or 0
   local walk = setmetatable(
      { source = source, query = query, start = start, offset = start, is_last = false, seen = {} },
      Walk
   )
   return walk, progress.begin(call, function()
      return walk:told()
   end)
end

---An iterator over every item, each once. It raises the error table of a page that cannot be had.
---@param call astro.Call
---@param source astro.PageSource
---@param query table<string, any> becomes the walk's own
---@param check_open fun() raises if the client was closed meanwhile
---@return fun(): table?
function pages.each(call, source, query, check_open)
   local walk, watched = pages.walk(call, source, query)
   local fresh, place = {}, 0
   local function fetch()
      return walk:fetch(watched)
   end
   return function()
      place = place + 1
      while not fresh[place] and not walk.is_last do
         check_open()
         fresh, place = {}, 1 -- the page before is not kept beside the next
         local rows, _, err = progress.during(watched, fetch)
         fresh, place = rows or error(err, 0), 1
      end
      return fresh[place]
   end
end

local function collect(walk, call)
   local items = {}
   repeat
      local rows, message, err = walk:fetch(call)
      if not rows then
         return nil, message, err
      end
      for _, row in ipairs(rows) do
         items[#items + 1] = row
      end
   until walk.is_last
   return items
end

---Every item, each once.
---@param call astro.Call
---@param source astro.PageSource
---@param query table<string, any> becomes the walk's own
---@return table[]? items
---@return string? message
---@return astro.Error? err
function pages.all(call, source, query)
   local walk, watched = pages.walk(call, source, query)
   return progress.during(watched, function()
      return collect(walk, watched)
   end)
end

return pages
