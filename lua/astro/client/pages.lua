--- Lists of Deployments: one page, or every one of every page.

local exchange = require "astro.client.exchange"
local failure = require "astro.client.failure"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"
local path = require "astro.client.path"

local pages = {}

local PAGE_SIZE = 100

---The request for one page.
---@param query table<string, any>
function pages.request(organization, query)
   return {
      method = "GET",
      path = ("/organizations/%s/deployments%s"):format(organization, path.query(query)),
      target = "deployments",
   }
end

local function are_tables(rows)
   if type(rows) ~= "table" then
      return false
   end
   for _, row in ipairs(rows) do
      if type(row) ~= "table" then
         return false
      end
   end
   return true
end

local function no_list(problem, status, attempts)
   local fields = { status = status, attempts = attempts }
   return failure("decode", "GET deployments: decode: " .. problem, fields)
end

---A page, or nil, message, err where an answer has no list of Deployments in it.
function pages.checked(page, message, err, status, attempts)
   if page and not are_tables(page.deployments) then
      return no_list("no list of deployments", status, attempts)
   end
   return page, message, err
end

---@param query? table
---@return astro.DeploymentsPaginated? page
function pages.page(call, organization, query)
   local read = options.read(query, options.of_query, call.name, "query key")
   return pages.checked(exchange.one(call, pages.request(organization, read)))
end

-- Gives the page's Deployments whose ids were not seen before.
local function unseen(page, seen)
   local fresh = {}
   for _, deployment in ipairs(page.deployments) do
      local id = deployment.id
      if id == nil or not seen[id] then
         fresh[#fresh + 1] = deployment
      end
      fresh.has_ids = fresh.has_ids or id ~= nil
      if id ~= nil then
         seen[id] = true
      end
   end
   return fresh
end

---An iterator over every Deployment. Raises the error table of a page that cannot be had.
---@param is_open fun() raises where the client was closed meanwhile
function pages.each(call, organization, query, is_open)
   local read = options.read(query, options.of_query, call.name, "query key")
   read.limit = read.limit or PAGE_SIZE
   if read.limit < 1 then
      misuse.raise(("bad query key 'limit' to '%s' (the size of a page expected, got 0)"):format(call.name))
   end
   read.sorts = read.sorts or "createdAt:asc"
   read.offset = read.offset or 0
   local fresh, next_one, total, seen = {}, 1, math.huge, {}

   local function fetch()
      is_open()
      local page, _, err = pages.checked(exchange.one(call, pages.request(organization, read)))
      if not page then
         error(err, 0)
      end
      local rows = #page.deployments
      fresh, next_one = unseen(page, seen), 1
      total = type(page.totalCount) == "number" and page.totalCount or math.huge
      read.offset = read.offset + rows
      if rows == 0 then
         total = 0
      elseif (#fresh == 0 or (total == math.huge and not fresh.has_ids)) and read.offset < total then
         error(select(3, no_list "the service repeats a page"), 0)
      end
   end

   return function()
      while next_one > #fresh do
         if read.offset >= total then
            return nil
         end
         fetch()
      end
      next_one = next_one + 1
      return fresh[next_one - 1]
   end
end

return pages
