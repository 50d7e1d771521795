--- Deployments as a table, a row each.

local columns = require "astro.pretty.columns"
local ink = require "astro.pretty.ink"
local label = require "astro.pretty.label"
local list = require "astro.api.list"
local locate = require "astro.paths.locate"
local masked = require "astro.pretty.masked"
local misuse = require "astro.api.misuse"
local Paths = require "astro.paths.given"
local phrase = require "astro.pretty.phrase"
local safe = require "astro.pretty.safe"
local tree = require "astro.pretty.tree"

local listing = {}

-- A path, a heading, and a path to look at if the first leads to nothing.
local DEFAULT_COLUMNS = {
   { "status", "STATUS" },
   { "name", "NAME" },
   { "workspaceName", "WORKSPACE", "workspaceId" },
   { "executor", "EXECUTOR" },
   { "astroRuntimeVersion", "RUNTIME", "runtimeVersion" },
   { "region", "REGION" },
   { "workerQueues[*].name", "QUEUES" },
   { "id", "ID" },
}

local function bad_column(i)
   misuse.raise(
      ("bad option 'columns' to 'pretty.table' (a path, or a path and a heading, expected at %d)"):format(i)
   )
end

local function heading_of(path)
   return label.heading(path:match "([^%.%[%]]*)[^%.]*$")
end

---@class astro.Way: astro.Steps
---@field is_plain boolean no masked copy is needed

---@class astro.Column
---@field heading string
---@field ways astro.Way[] the second is taken where the first leads to nothing
---@field is_status boolean

local function read_column(column, i, paths)
   if type(column) == "string" then
      column = { column, heading_of(column) }
   elseif type(column) ~= "table" or type(column[1]) ~= "string" or type(column[2]) ~= "string" then
      bad_column(i)
   end
   local ways = { paths:read(column[1]), column[3] and paths:read(column[3]) }
   for _, steps in ipairs(ways) do
      steps.is_plain = masked.is_plain(steps)
   end
   return { heading = safe.text(column[2]), ways = ways, is_status = column[1] == "status" }
end

local function read_columns(given, paths)
   local read = {}
   for i, column in ipairs(given) do
      read[i] = read_column(column, i, paths)
   end
   if #read == 0 or list.count(given) ~= #read then
      bad_column(#read + 1)
   end
   return read
end

-- Whether nothing could be hidden in a value: a scalar, or a list of such that `[*]` has made.
local function is_bare(value, steps)
   if type(value) ~= "table" then
      return true
   elseif not steps.last_star then
      return false
   end
   for _, item in ipairs(value) do
      if type(item) == "table" then
         return false
      end
   end
   return true
end

---A Deployment of which cells are made.
---@class astro.Listed
---@field deployment table
---@field names table<string, any> with which the columns' paths begin
---@field show astro.Show
---@field copy? table of these fields, masked; made where it is needed

-- What is plain is the same in the copy, which would cost more than all else.
local function find(one, steps)
   if steps.is_plain then
      local value = locate.find(one.deployment, steps)
      if is_bare(value, steps) then
         return value
      end
   end
   one.copy = one.copy or masked.copy(one.deployment, one.show, one.names)
   return locate.find(one.copy, steps)
end

local function value_of(one, ways)
   local value = find(one, ways[1])
   if ways[2] and (value == nil or value == "") then
      return find(one, ways[2])
   end
   return value
end

local NOTHING = { "-", "quiet" }

local function cell_of(one, column)
   local value = value_of(one, column.ways)
   if value == nil or tree.is_empty(value) then
      return NOTHING
   end
   local text = phrase.any(value)
   if column.is_status then
      return { text, ink.of_status(value) }
   end
   return { text, text == masked.MASK and "masked" or nil }, type(value) == "number"
end

local function names_in(read)
   local names = {}
   for _, column in ipairs(read) do
      for _, steps in ipairs(column.ways) do
         names[steps[1].name] = true
      end
   end
   return names
end

---The table as lines. Raises on columns that are none.
---@param deployments table[]
---@param given? table the option `columns`
---@param limit? integer
---@param show astro.Show
---@return astro.Line[] lines the first has the headings
function listing.lines(deployments, given, limit, show)
   local paths = Paths.new "pretty.table"
   local read = read_columns(given or DEFAULT_COLUMNS, paths)
   local names, rows, is_number, is_text = names_in(read), { {} }, {}, {}
   for i, column in ipairs(read) do
      rows[1][i] = { column.heading, "head" }
   end
   for j, deployment in ipairs(deployments) do
      paths:meet(deployment)
      local one, row = { deployment = deployment, names = names, show = show }, {}
      for i, column in ipairs(read) do
         local cell, is_numeric = cell_of(one, column)
         row[i] = cell
         is_number[i] = is_number[i] or is_numeric
         is_text[i] = is_text[i] or not (is_numeric or cell[2] == "quiet")
      end
      rows[j + 1] = row
   end
   paths:finish()
   local is_right = {}
   for i in ipairs(read) do
      is_right[i] = is_number[i] and not is_text[i]
   end
   return columns.lines(rows, is_right, limit)
end

return listing
