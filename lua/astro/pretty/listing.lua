--- Deployments as a table, a row each.

local ink = require "astro.pretty.ink"
local label = require "astro.pretty.label"
local list = require "astro.api.list"
local locate = require "astro.paths.locate"
local masked = require "astro.pretty.masked"
local misuse = require "astro.api.misuse"
local overview = require "astro.pretty.overview"
local Paths = require "astro.paths.given"
local phrase = require "astro.pretty.phrase"
local refusal = require "astro.pretty.refusal"
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

-- How columns give way in lines that are too narrow for all. What tells Deployments apart is there to the last.
local WHOLE, CUT = {}, { least = 8 }
local MANNERS = {
   status = { stays = true, is_title = true },
   name = { stays = true, is_title = true, least = 18 },
   id = { stays = true },
   region = WHOLE,
}

local function bad_column(i)
   local text =
      "bad option 'columns' to 'pretty.table' (a path, or a path or a function and a heading, expected at %d)"
   misuse.raise(text:format(i))
end

local function heading_of(path)
   return label.heading(path:match "([^%.%[%]]*)[^%.]*$")
end

---@class astro.Way: astro.Steps
---@field is_plain? boolean no masked copy is needed
---@field make? fun(deployment: table): any in place of steps

---@class astro.Column
---@field heading string
---@field manner astro.Manner
---@field ways astro.Way[] the second is taken where the first leads to nothing
---@field is_status boolean

-- Of an id or a word of the API's own a part says nothing; of a list of them it may.
local function is_whole(steps)
   local name, field = steps[#steps].name or "", locate.field(steps)
   return not steps.last_star and (name == "id" or name:find "Id$" or (field and field.enum))
end

local function read_path(path, other, paths)
   local ways = { paths:read(path), other and paths:read(other) }
   local manner = MANNERS[path] or CUT
   for _, steps in ipairs(ways) do
      steps.is_plain = masked.is_plain(steps)
      manner = manner == CUT and is_whole(steps) and WHOLE or manner
   end
   return { ways = ways, manner = manner, is_status = path == "status" }
end

local function read_column(column, i, paths)
   if type(column) == "string" then
      column = { column, heading_of(column) }
   end
   local kind = type(column) == "table" and type(column[2]) == "string" and type(column[1])
   if kind ~= "string" and kind ~= "function" then
      bad_column(i)
   end
   local read = kind == "string" and read_path(column[1], column[3], paths)
      or { ways = { { make = column[1] } }, manner = CUT }
   read.heading = safe.text(column[2])
   return read
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
---@field whole? table the same of all fields

-- What a function makes of a Deployment, of which it sees no more than pictures show.
local function made(one, make)
   if not one.whole then
      local meta = getmetatable(one.deployment)
      one.whole = masked.copy(one.deployment, one.show)
      one.whole = type(meta) == "table" and setmetatable(one.whole, meta) or one.whole
   end
   local value = make(one.whole)
   if value ~= nil then
      refusal.named("option 'columns'", "pretty.table", phrase.any, value) -- what it would be of the list
   end
   return value
end

-- What is plain is the same in the copy, which would cost more than all else.
local function find(one, way)
   if way.is_plain then
      local value = locate.find(one.deployment, way)
      if is_bare(value, way) then
         return value
      end
   elseif way.make then
      return made(one, way.make)
   end
   one.copy = one.copy or masked.copy(one.deployment, one.show, one.names)
   return locate.find(one.copy, way)
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
      for _, way in ipairs(column.ways) do
         if not way.make then
            names[way[1].name] = true
         end
      end
   end
   return names
end

local function headings_of(read)
   local headings = {}
   for i, column in ipairs(read) do
      headings[i] = { column.heading, "head" }
   end
   return headings
end

-- The manners of the columns. A number that is cut is another.
local function manners_of(read, is_right)
   local manners = {}
   for i, column in ipairs(read) do
      manners[i] = is_right[i] and WHOLE or column.manner
   end
   return manners
end

---The table as lines. Raises on columns that are none.
---@param deployments table[]
---@param own { columns?: table, width?: integer, remedy?: string, show: astro.Show }
---@return astro.Line[]
function listing.lines(deployments, own)
   local paths = Paths.new "pretty.table"
   local read = read_columns(own.columns or DEFAULT_COLUMNS, paths)
   local names, rows, is_number, is_text = names_in(read), { headings_of(read) }, {}, {}
   for j, deployment in ipairs(deployments) do
      paths:meet(deployment)
      local one, row = { deployment = deployment, names = names, show = own.show }, {}
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
   return overview(rows, is_right, manners_of(read, is_right), own)
end

return listing
