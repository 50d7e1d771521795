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

---@class astro.Column
---@field heading string
---@field ways astro.Steps[] the first that leads to something is taken
---@field is_status boolean

local function read_column(column, i, paths)
   if type(column) == "string" then
      column = { column, heading_of(column) }
   elseif type(column) ~= "table" or type(column[1]) ~= "string" or type(column[2]) ~= "string" then
      bad_column(i)
   end
   return {
      heading = safe.text(column[2]),
      ways = { paths:read(column[1]), column[3] and paths:read(column[3]) },
      is_status = column[1] == "status",
   }
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

local function value_of(deployment, column)
   local value
   for _, steps in ipairs(column.ways) do
      if value == nil or value == "" then
         value = locate.find(deployment, steps)
      end
   end
   return value
end

local function cell_of(deployment, column)
   local value = value_of(deployment, column)
   if value == nil or tree.is_empty(value) then
      return { "-", "quiet" }
   end
   local text = phrase.any(value)
   if column.is_status then
      return { text, ink.of_status(value) }
   end
   return { text, text == masked.MASK and "masked" or nil }, type(value) == "number"
end

-- The fields with which the columns' paths begin.
local function names_in(wanted)
   local names = {}
   for _, column in ipairs(wanted) do
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
   local wanted = read_columns(given or DEFAULT_COLUMNS, paths)
   local names, rows, is_number, is_text = names_in(wanted), { {} }, {}, {}
   for i, column in ipairs(wanted) do
      rows[1][i] = { column.heading, "head" }
   end
   for j, deployment in ipairs(deployments) do
      paths:meet(deployment)
      local copy, row = masked.copy(deployment, show, names), {}
      for i, column in ipairs(wanted) do
         local cell, is_numeric = cell_of(copy, column)
         row[i] = cell
         is_number[i] = is_number[i] or is_numeric
         is_text[i] = is_text[i] or not (is_numeric or cell[2] == "quiet")
      end
      rows[j + 1] = row
   end
   paths:finish()
   local is_right = {}
   for i in ipairs(wanted) do
      is_right[i] = is_number[i] and not is_text[i]
   end
   return columns.lines(rows, is_right, limit)
end

return listing
