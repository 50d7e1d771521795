-- Holds the table of operations against the service's own description: lua spec/support/openapi.lua OPENAPI.yml
-- Either is written as lines: an operation's path, each query key and its values, what it takes and answers, each
-- object's fields. Prints the lines that only one has, and fails where there are any.

local bodies = require "astro.api.bodies"
local brief = require "astro.api.brief"
local objects = require "astro.api.objects"
local operation = require "astro.api.operation"
local operations = require "astro.api.operations"
local shape = require "astro.api.shape"
local yaml = require "lyaml"

local function add(lines, ...)
   lines[table.concat({ ... }, " ")] = true
end

-- "ListDeploys" for "list_deploys".
local function id_of(name)
   return (("_" .. name):gsub("_(%l)", string.upper))
end

local function add_fields(lines, name)
   if name and not lines[name] then
      lines[name] = true
      local text = objects[name] or bodies[name]
      for _, field in ipairs(shape.objects[name] or text and brief.read(text) or {}) do
         add(lines, name .. "." .. field.name)
         add_fields(lines, not field.enum and field.type:find "^%u" and field.type or nil)
      end
   end
end

local function ours()
   local lines = {}
   for _, row in ipairs(operations) do
      local op, id = operation.read(row), id_of(row[1])
      add(lines, id, op.method, op.path)
      for _, key in ipairs(op.query or {}) do
         add(lines, id, "query", key.name)
         for _, value in ipairs(key.name ~= "sorts" and key.enum or {}) do
            add(lines, id, "query", key.name, value)
         end
      end
      for sort in (row.sorts or ""):gmatch "%S+" do
         add(lines, id, "query", "sorts", sort)
      end
      for _, name in ipairs(op.required) do
         add(lines, id, "needs", name)
      end
      add(lines, id, "takes", row.takes or "nothing")
      add(lines, id, "answers", row.answers or "nothing")
      add_fields(lines, row.takes)
      add_fields(lines, op.answers ~= "bytes" and op.answers or nil)
   end
   return lines
end

local function name_of(schema)
   local list = schema and schema.type == "array" and "[]" or ""
   local one = list == "[]" and schema.items or schema
   return one and one["$ref"] and one["$ref"]:match "[^/]+$" .. list
end

local add_schema

local function add_properties(lines, schemas, name, schema)
   for property, inner in pairs(schema.properties or {}) do
      add(lines, name .. "." .. property)
      add_schema(lines, schemas, name_of(inner))
   end
end

-- An object that is one of several has the fields of all, as a queue has those of a hybrid one.
function add_schema(lines, schemas, name)
   name = name and name:gsub("%[%]$", "")
   if name and not lines["whole " .. name] then
      local ours_name = name:gsub("^Hybrid", "")
      lines["whole " .. name], lines[ours_name] = true, true
      for _, one in ipairs(schemas[name].oneOf or { schemas[name] }) do
         add_properties(lines, schemas, ours_name, schemas[name_of(one)] or one)
      end
   end
end

local function add_parameter(lines, id, parameter)
   local schema = parameter.schema
   add(lines, id, "query", parameter.name)
   if parameter.required then
      add(lines, id, "needs", parameter.name)
   end
   for _, value in ipairs(schema.enum or schema.items and schema.items.enum or {}) do
      add(lines, id, "query", parameter.name, (value:gsub(":.*", "")))
   end
end

local function add_operation(lines, schemas, method, path, there)
   local id, answers = there.operationId, "nothing"
   add(lines, id, method:upper(), path)
   for _, parameter in ipairs(there.parameters or {}) do
      if parameter["in"] == "query" then
         add_parameter(lines, id, parameter)
      end
   end
   for _, content in pairs((there.responses["200"] or {}).content or {}) do
      answers = name_of(content.schema) or "bytes"
   end
   local takes = there.requestBody and name_of(there.requestBody.content["application/json"].schema)
   add(lines, id, "takes", takes or "nothing")
   add(lines, id, "answers", answers)
   add_schema(lines, schemas, takes)
   add_schema(lines, schemas, answers ~= "bytes" and answers ~= "nothing" and answers or nil)
end

local function theirs(path)
   local file = assert(io.open(path))
   local description = yaml.load(file:read "*a")
   file:close()
   local lines = {}
   for place, methods in pairs(description.paths) do
      for method, there in pairs(methods) do
         if there.operationId then
            add_operation(lines, description.components.schemas, method, place, there)
         end
      end
   end
   return lines
end

local function only(lines, others, mark)
   local list = {}
   for line in pairs(lines) do
      list[#list + 1] = not others[line] and not line:find "^whole " and mark .. line or nil
   end
   return list
end

local here, there = ours(), theirs(assert(arg[1], "the file of the service's description expected"))
local differences = only(here, there, "only here: ")
for _, line in ipairs(only(there, here, "only there: ")) do
   differences[#differences + 1] = line
end
table.sort(differences)
print(
   #differences == 0 and ("%d operations, no difference"):format(#operations)
      or table.concat(differences, "\n")
)
os.exit(#differences == 0)
