--- Deployments as a table, a row each.

local columns = require "astro.pretty.columns"
local filter = require "astro.filter"
local ink = require "astro.pretty.ink"
local label = require "astro.pretty.label"
local masked = require "astro.pretty.masked"
local misuse = require "astro.api.misuse"
local phrase = require "astro.pretty.phrase"
local tree = require "astro.pretty.tree"

local listing = {}

--- A path, a heading, and the path to look at where the first has nothing.
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

local function read_columns(given)
   local list = {}
   for i, column in ipairs(given) do
      if type(column) == "string" then
         column = { column, label(column:match "([^%.%[%]]*)[^%.]*$"):upper() }
      elseif type(column) ~= "table" or type(column[1]) ~= "string" or type(column[2]) ~= "string" then
         bad_column(i)
      end
      filter.get({}, column[1]) -- a malformed path raises, though the list be empty
      list[i] = column
   end
   if #list == 0 then
      bad_column(1)
   end
   return list
end

local function cell_of(deployment, column)
   local value = filter.get(deployment, column[1])
   local text = value ~= nil and phrase.any(value) or nil
   if column[3] and (text == nil or value == "") then
      value = filter.get(deployment, column[3])
      text = value ~= nil and phrase.any(value) or nil
   end
   if text == nil or tree.is_empty(value) then
      return { "-", "quiet" }
   elseif column[1] == "status" then
      return { text, ink.of_status(value) }
   end
   return { text, text == masked.MASK and "masked" or nil }, type(value) == "number"
end

---@param list table[]
---@param given? table the option `columns`
---@param limit? integer
---@param show astro.Show
---@return astro.Line[] lines the first has the headings
function listing.lines(list, given, limit, show)
   local wanted = given and read_columns(given) or DEFAULT_COLUMNS
   local rows, is_number, is_text = { {} }, {}, {}
   for i, column in ipairs(wanted) do
      rows[1][i] = { column[2], "head" }
   end
   for j, deployment in ipairs(list) do
      local copy, row = masked.copy(deployment, show), {}
      for i, column in ipairs(wanted) do
         local cell, is_numeric = cell_of(copy, column)
         row[i] = cell
         is_number[i] = is_number[i] or is_numeric
         is_text[i] = is_text[i] or not (is_numeric or cell[2] == "quiet")
      end
      rows[j + 1] = row
   end
   local is_right = {}
   for i in ipairs(wanted) do
      is_right[i] = is_number[i] and not is_text[i]
   end
   return columns.lines(rows, is_right, limit)
end

return listing
