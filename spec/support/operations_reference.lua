-- What documents the API's operations, made from their rows: methods, queries and objects for editors, a page of the
-- Neovim help, a table of the README.

local bodies = require "astro.api.bodies"
local brief = require "astro.api.brief"
local objects = require "astro.api.objects"
local operation = require "astro.api.operation"
local operations = require "astro.api.operations"
local shape = require "astro.api.shape"

local reference = {}

local QUERY_TYPES = { boolean = "boolean", id = "string", integer = "integer", string = "string" }
QUERY_TYPES.strings = "string|string[]"

-- What fills a field of an object that is written in brief.
local TYPES = { time = "string", map = "table<string, any>" }

local function sorted(names)
   local list = {}
   for name in pairs(names) do
      list[#list + 1] = name
   end
   table.sort(list)
   return list
end

local function class_of(name)
   return (objects[name] or bodies[name] or shape.objects[name]) and "astro." .. name or name
end

local function quoted(values)
   local parts = {}
   for i, value in ipairs(values) do
      parts[i] = ('"%s"'):format(value)
   end
   return table.concat(parts, "|")
end

local function type_of(field)
   local kind = field.enum and quoted(field.enum) .. "|string" or TYPES[field.type] or class_of(field.type)
   if field.is_list then
      return field.enum and ("(%s)[]"):format(kind) or kind .. "[]"
   end
   return kind
end

-- The lines of each object that a table has.
local function add_objects(lines, briefs)
   for _, name in ipairs(sorted(briefs)) do
      lines[#lines + 1] = ""
      lines[#lines + 1] = "---@class astro." .. name
      for _, field in ipairs(brief.read(briefs[name])) do
         local mark = briefs == bodies and field.is_required and "" or "?"
         lines[#lines + 1] = ("---@field %s%s %s"):format(field.name, mark, type_of(field))
      end
   end
end

---Annotations of what operations answer and take.
function reference.object_types()
   local lines = {
      "---@meta",
      "-- Made by `make reference` from astro.api.objects and astro.api.bodies: what operations answer, where every",
      "-- field may be absent, and what they take.",
   }
   add_objects(lines, objects)
   add_objects(lines, bodies)
   return table.concat(lines, "\n") .. "\n"
end

local function answer_of(op)
   if not op.answers then
      return "true?"
   elseif op.answers == "bytes" then
      return "string?"
   end
   return class_of(op.answers) .. (op.answers_list and "[]?" or "?")
end

-- The object that a page has many of.
local function item_of(op)
   local page = objects[op.answers] and brief.read(objects[op.answers]) or shape.objects[op.answers]
   return class_of(page.by_name[op.source.key].type)
end

local function results_of(op, mode)
   if mode == "each" then
      return ("fun(): %s?"):format(item_of(op))
   end
   local value = mode == "all" and item_of(op) .. "[]?" or answer_of(op)
   return ("(value: %s, message: string, err: astro.Error)"):format(value)
end

---The arguments of a row's methods, as they are called and of which type, the call's options among them.
local function arguments_of(op)
   local list = {}
   for i, name in ipairs(op.arguments) do
      list[i] = { name, "string" }
   end
   if op.query then
      list[#list + 1] = { #op.required > 0 and "query" or "query?", "astro.Query." .. op.row[1] }
   elseif op.row.takes then
      list[#list + 1] = { "body", class_of(op.row.takes) .. "|string" }
   end
   list[#list + 1] = { "options?", "astro.CallOptions" }
   return list
end

local function add_methods(lines, op)
   local parts = { "self: astro.Client" }
   for _, argument in ipairs(arguments_of(op)) do
      parts[#parts + 1] = ("%s: %s"):format(argument[1], argument[2])
   end
   for _, name in ipairs(sorted(op.methods)) do
      local results = results_of(op, op.methods[name])
      local form = "---@field %s fun(%s): %s `%s %s`"
      lines[#lines + 1] = form:format(name, table.concat(parts, ", "), results, op.method, op.path)
   end
end

local function add_query(lines, op)
   lines[#lines + 1] = ""
   lines[#lines + 1] = "---@class astro.Query." .. op.row[1]
   for _, key in ipairs(op.query) do
      local kind = key.enum and quoted(key.enum) .. "|string" or QUERY_TYPES[key.type]
      if key.enum and key.type == "strings" then
         kind = ("%s|(%s)[]"):format(kind, kind)
      end
      lines[#lines + 1] = ("---@field %s? %s %s"):format(key.name, kind, key.text)
   end
end

local function all()
   local list = {}
   for i, row in ipairs(operations) do
      list[i] = operation.read(row)
   end
   return list
end

---Annotations of the methods and of their queries.
function reference.operation_types()
   local lines = {
      "---@meta",
      "-- Made by `make reference` from astro.api.operations: the client's methods that are rows. An iterator raises",
      "-- what the others return as nil, message, err. Source: the API's reference.",
      "",
      "---@class astro.Client",
   }
   for _, op in ipairs(all()) do
      add_methods(lines, op)
   end
   for _, op in ipairs(all()) do
      if op.query then
         add_query(lines, op)
      end
   end
   return table.concat(lines, "\n") .. "\n"
end

local function add_help(lines, op)
   local names = {}
   for i, argument in ipairs(arguments_of(op)) do
      names[i] = argument[1]:gsub("%?", "")
   end
   lines[#lines + 1] = ""
   for _, name in ipairs(sorted(op.methods)) do
      lines[#lines + 1] = ("client:%s(%s)"):format(name, table.concat(names, ", "))
   end
   lines[#lines + 1] = ("\t%s %s"):format(op.method, op.path)
   if op.answers then
      lines[#lines + 1] = ("\tanswers %s%s"):format(op.answers, op.answers_list and "[]" or "")
   end
   if op.row.takes then
      lines[#lines + 1] = "\ttakes " .. op.row.takes
   end
   for _, key in ipairs(op.query or {}) do
      lines[#lines + 1] = ("\t%s: %s"):format(key.name, key.text)
   end
   if op.row.sorts then
      lines[#lines + 1] = "\tsorts by " .. op.row.sorts:gsub(" ", ", ")
   end
   if op.row.v1beta1 == false then
      lines[#lines + 1] = "\tv1 alone has it"
   end
end

---A help file for Neovim.
function reference.operations_help()
   local lines = {
      "*astro-operations.txt*\tThe methods of a client",
      "",
      "Made from the library's own data. Each gives its answer, or nil, message, err;",
      "`each_...` is an iterator over every page and raises err, `all_...` gives a list.",
      "The organization is the client's or the call's.",
   }
   for _, op in ipairs(all()) do
      add_help(lines, op)
   end
   lines[#lines + 1] = ""
   lines[#lines + 1] = " vim:tw=78:ts=8:noet:ft=help:norl:"
   return table.concat(lines, "\n") .. "\n"
end

return reference
