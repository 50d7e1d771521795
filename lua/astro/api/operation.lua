--- What follows from a row of `astro.api.operations`.

local ascii = require "astro.api.ascii"
local queries = require "astro.api.queries"

local operation = {}

---@class astro.Operation
---@field row table of `astro.api.operations`
---@field method string HTTP's
---@field path string below the version's path
---@field parameters string[] the path's, in its order, but for the organization
---@field arguments string[] what a method calls them: "deployment_id" for "deploymentId"
---@field methods table<string, "once"|"each"|"all"> by name: one exchange, an iterator over all items, a list of them
---@field query? table[] rows of `astro.api.queries`
---@field required string[] query keys that must be given
---@field answers? string the object of an answer, or of its items
---@field answers_list boolean
---@field source { key: string, id: string, sorts?: string }? of an answer that is a page

local function argument_name(name)
   return (name:gsub("%u", function(letter)
      return "_" .. ascii.lower(letter)
   end))
end

local function parameters_of(row)
   local parameters, arguments = {}, {}
   for name in row[3]:gmatch "{(%a+)}" do
      if name ~= "organizationId" then
         parameters[#parameters + 1] = name
         arguments[#arguments + 1] = argument_name(name)
      end
   end
   return parameters, arguments
end

---The names of the methods that a row makes.
---@param row table
---@return table<string, "once"|"each"|"all">
function operation.methods(row)
   local names = { [row[1]] = "once" }
   if row.also then
      names[row.also] = "once"
   end
   if row.pages then
      local items = row[1]:gsub("^list_", "")
      names[row.each or "each_" .. items] = "each"
      names["all_" .. items] = "all"
   end
   return names
end

local function keys_of(wanted)
   local rows = {}
   for _, key in ipairs(queries) do
      rows[#rows + 1] = wanted[key.name] and key or nil
   end
   return rows
end

---The query keys that every page has.
---@return table[] rows of `astro.api.queries`
function operation.page_query()
   return keys_of({ offset = true, limit = true })
end

-- The rows of the query's keys, in their own order, and the names of those that must be given.
local function query_of(row)
   local is_page = row.pages ~= nil
   local wanted, required = { sorts = row.sorts ~= nil, offset = is_page, limit = is_page }, {}
   for name, mark in (row.query or ""):gmatch "(%a+)(%*?)" do
      wanted[name] = true
      required[#required + 1] = mark == "*" and name or nil
   end
   local rows = keys_of(wanted)
   return rows[1] and rows, required
end

local function source_of(row)
   local is_sorted = (" %s "):format(row.sorts or ""):find(" createdAt ", 1, true)
   return row.pages and { key = row.pages, id = row.id or "id", sorts = is_sorted and "createdAt:asc" or nil }
end

---@param row table of `astro.api.operations`
---@return astro.Operation
function operation.read(row)
   local answers = row.answers
   local result = { row = row, method = row[2], path = row[3], methods = operation.methods(row) }
   result.parameters, result.arguments = parameters_of(row)
   result.query, result.required = query_of(row)
   result.answers = answers and answers:match "^%a+"
   result.answers_list = answers ~= nil and answers:sub(-2) == "[]"
   result.source = source_of(row)
   return result
end

return operation
