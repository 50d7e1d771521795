-- Writes what is documentation of the data: type annotations for editors, the fields for :help, and the tables
-- of the README.
--   lua spec/support/reference.lua types|help|readme [README.md]
--   lua spec/support/reference.lua object_types|operation_types|operations_help

local core = require "astro.core"
local operations_reference = require "spec.support.operations_reference"
local schema = require "astro.api.schema"
local shape = require "astro.api.shape"

local reference = {}
for name, write in pairs(operations_reference) do
   reference[name] = write
end

-- The names of the object and of all that is in it, in the order in which they are met.
local function objects_in(name, list)
   list[#list + 1], list[name] = name, true
   for _, field in ipairs(shape.objects[name]) do
      if shape.objects[field.type] and not list[field.type] then
         objects_in(field.type, list)
      end
   end
   return list
end

local OBJECTS = objects_in("DeploymentsPaginated", {})

local OPTION_TYPES = {
   body = "table|string",
   boolean = "boolean",
   canceller = "astro.Canceller",
   color = 'boolean|"auto"',
   dict = "string",
   ["function"] = "function",
   on_request = "fun(request: astro.Attempt)",
   on_response = "fun(request: astro.Attempt, response: astro.Response)",
   headers = "table<string, string>",
   id = "string",
   integer = "integer",
   moment = "number|string",
   log = "fun(level: string, text: string, fields: table)",
   loop = "astro.Loop",
   on_poll = "fun(deployment?: astro.Deployment, err?: astro.Error, elapsed: number)",
   on_progress = "fun(done: integer, total: integer)",
   proxy = "string|false",
   rate = "number|false",
   seconds = "number",
   status = "astro.enums.status|astro.enums.status[]|fun(deployment: astro.Deployment): any",
   string = "string",
   strings = "string|string[]",
   table = "table",
   till = "number|string",
   transport = "astro.Transport",
   token = "string|fun(err?: astro.Error): string?, string?",
   url = "string",
   version = '"auto"|"v1beta1"|"v1"|"none"',
}

local function all_options()
   local all = {}
   for _, rows in ipairs({ core.options, schema.options }) do
      for _, row in ipairs(rows) do
         all[#all + 1] = row
      end
   end
   return all
end

-- Those of all options whose names are in the list, or are not.
local function select_options(names, is_in)
   local listed, rows = {}, {}
   for _, name in ipairs(names) do
      listed[name] = true
   end
   for _, row in ipairs(all_options()) do
      rows[#rows + 1] = (listed[row.name] or false) == is_in and row or nil
   end
   return rows
end

-- Those with options of their own, in the order of their classes.
local METHODS = {
   "get_deployments",
   "wait_for",
   "watch",
   "hibernate",
   "wake",
   "resume_schedule",
   "while_awake",
   "request",
   "each",
   "each_log",
}

-- The classes of options: a name, what it is for, its rows.
local function option_classes()
   local of_call = select_options(schema.call_options, true)
   local classes = {
      {
         "astro.Options",
         "What `astro.client` and `astro.get_deployment` take; times are seconds.",
         all_options(),
      },
      { "astro.CallOptions", "What every method of a client takes.", of_call },
      {
         "astro.WithOptions",
         "What `with` takes.",
         select_options(schema.shared_options, false),
      },
   }
   for _, name in ipairs(METHODS) do
      local class = "astro.CallOptions." .. name
      classes[#classes + 1] =
         { class, "What `" .. name .. "` takes beside.", schema.methods[name], "astro.CallOptions" }
   end
   return classes
end

local function type_of(field)
   local kind = field.type
   if field.enum then
      kind = "astro.enums." .. field.name
   elseif kind == "time" then
      kind = "string"
   elseif shape.objects[kind] then
      kind = "astro." .. kind
   end
   return kind .. (field.is_list and "[]" or "")
end

local function add_field(lines, name, kind, text)
   lines[#lines + 1] = ("---@field %s? %s %s"):format(name, kind, text)
end

local function add_object(lines, object_name)
   lines[#lines + 1] = ""
   lines[#lines + 1] = "---@class astro." .. object_name
   for _, field in ipairs(shape.objects[object_name]) do
      local kind = type_of(field)
      local presence = field.v1beta1 ~= nil and " (v1)" or ""
      add_field(lines, field.name, kind, field.text .. presence)
      if field.v1beta1 then
         add_field(lines, field.v1beta1, kind, field.text .. " (v1beta1)")
      end
   end
end

-- What `astro.enums` is: a list and a table of each.
local function add_enums_of(names, lines)
   lines[#lines + 1] = ""
   lines[#lines + 1] = "---@class astro.enums"
   for _, name in ipairs(names) do
      local parts = { "[integer]: string" }
      for _, value in ipairs(shape.enums[name]) do
         parts[#parts + 1] = ('%s: "%s"'):format(value, value)
      end
      lines[#lines + 1] = ("---@field %s { %s }"):format(name, table.concat(parts, ", "))
   end
end

local function add_enums(lines)
   local names = {}
   for name in pairs(shape.enums) do
      names[#names + 1] = name
   end
   table.sort(names)
   for _, name in ipairs(names) do
      lines[#lines + 1] = ""
      lines[#lines + 1] = ("---@alias astro.enums.%s string"):format(name)
      for _, value in ipairs(shape.enums[name]) do
         lines[#lines + 1] = ('---| "%s"'):format(value)
      end
   end
   add_enums_of(names, lines)
end

---Annotations in the form of LuaCATS.
function reference.types()
   local lines = {
      "---@meta",
      "-- Made by `make reference` from astro.api and the core's tables. Every field may be absent:",
      "-- a token with few permissions gets few.",
      "",
      "---@alias astro.Kind",
   }
   for _, kind in ipairs(core.kinds) do
      lines[#lines + 1] = ('---| "%s" # %s'):format(kind.name, kind.when)
   end
   for _, class in ipairs(option_classes()) do
      lines[#lines + 1] = ""
      lines[#lines + 1] = "---" .. class[2]
      lines[#lines + 1] = "---@class " .. class[1] .. (class[4] and ": " .. class[4] or "")
      for _, row in ipairs(class[3]) do
         local kind = OPTION_TYPES[row.name] or assert(OPTION_TYPES[row.type], row.type)
         add_field(lines, row.name, kind, row.text)
      end
   end
   add_enums(lines)
   for _, object_name in ipairs(OBJECTS) do
      add_object(lines, object_name)
   end
   return table.concat(lines, "\n") .. "\n"
end

---A help file for Neovim.
function reference.help()
   local lines = {
      "*astro-fields.txt*\tThe fields of a Deployment",
      "",
      "Made from the library's own data. Each may be absent: a token with few",
      "permissions gets few. `[]` is a list.",
   }
   for _, object_name in ipairs(OBJECTS) do
      lines[#lines + 1] = ""
      lines[#lines + 1] = ("="):rep(78)
      lines[#lines + 1] = ("%s\t*astro-%s*"):format(object_name, object_name)
      for _, field in ipairs(shape.objects[object_name]) do
         local kind = field.type .. (field.is_list and "[]" or "")
         if shape.objects[field.type] then
            kind = ("|astro-%s|%s"):format(field.type, field.is_list and "[]" or "")
         end
         lines[#lines + 1] = ""
         lines[#lines + 1] = ("%s  %s"):format(field.name, kind)
         lines[#lines + 1] = "\t" .. field.text
         if field.enum then
            lines[#lines + 1] = "\t" .. table.concat(field.enum, ", ")
         end
         if field.v1beta1 then
            lines[#lines + 1] = "\tin v1beta1: " .. field.v1beta1
         end
      end
   end
   lines[#lines + 1] = ""
   lines[#lines + 1] = " vim:tw=78:ts=8:noet:ft=help:norl:"
   return table.concat(lines, "\n") .. "\n"
end

local function shown_default(option)
   local value = option.default
   if value == nil then
      return ""
   elseif option.name == "max_body" then
      value = ("%d MiB"):format(value / 1024 ^ 2)
   elseif type(value) == "number" then
      value = ("%g"):format(value)
   end
   return ("`%s`"):format(tostring(value))
end

-- The README has a row for what the environment may say, and the names of the rest with their defaults.
local function rows_of_options()
   local rows = {}
   for _, option in ipairs(all_options()) do
      local form = option.env and "| `%s` | %s | `%s` | %s |\n" or ""
      rows[#rows + 1] = form:format(option.name, shown_default(option), option.env, option.text)
   end
   return table.concat(rows)
end

local function other_options()
   local names = {}
   for _, option in ipairs(all_options()) do
      local default = option.default ~= nil and " " .. shown_default(option):gsub("`", "") or ""
      names[#names + 1] = not option.env and ("`%s`%s"):format(option.name, default) or nil
   end
   return ("\nThe others, with their defaults: %s. "):format(table.concat(names, ", "))
end

---A help file for Neovim.
function reference.options_help()
   local lines = {
      "*astro-options.txt*\tThe options of a client and of its calls",
      "",
      "Made from the library's own data. A call's go before its client's, and those",
      "before the environment's. Times are seconds.",
   }
   for _, option in ipairs(all_options()) do
      lines[#lines + 1] = ""
      lines[#lines + 1] = option.name
      lines[#lines + 1] = "\t" .. option.text
      if option.default ~= nil then
         lines[#lines + 1] = "\tdefault: " .. shown_default(option):gsub("`", "")
      end
      if option.env then
         lines[#lines + 1] = "\tvariable: " .. option.env
      end
   end
   lines[#lines + 1] = ""
   lines[#lines + 1] = " vim:tw=78:ts=8:noet:ft=help:norl:"
   return table.concat(lines, "\n") .. "\n"
end

-- Kinds that are one status share a row.
local function rows_of_kinds()
   local rows, names, statuses = {}, {}, {}
   for _, kind in ipairs(core.kinds) do
      if kind.when:find "^%d%d%d" then
         names[#names + 1], statuses[#statuses + 1] = ("`%s`"):format(kind.name), kind.when
      else
         rows[#rows + 1] = ("| `%s` | %s |\n"):format(kind.name, kind.when)
      end
   end
   local shared = ("| %s | %s |\n"):format(table.concat(names, ", "), table.concat(statuses, "; "))
   return shared .. table.concat(rows)
end

-- The text with other rows below a table's heading.
local function with_rows(text, heading, rows)
   local _, above = text:find(heading .. "\n[|-]+\n")
   assert(above, heading)
   local below = assert(text:find("\n\n", above, true))
   return text:sub(1, above) .. rows .. text:sub(below + 1)
end

---The README with its tables as the data has them.
function reference.readme(text)
   text = with_rows(text, "| `err.kind` | when |", rows_of_kinds())
   text = with_rows(text, "| option | default | variable | |", rows_of_options())
   return (text:gsub("\nThe others, with their defaults: .-%. `", other_options() .. "`"))
end

if arg and reference[arg[1]] then
   local text
   if arg[2] then
      local file = assert(io.open(arg[2]))
      text = file:read "*a"
      file:close()
   end
   io.write(reference[arg[1]](text))
end

return reference
