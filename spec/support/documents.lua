-- Deployments to try helpers on: the fixtures, and random ones made from the schema.

local core = require "astro.core"
local shape = require "astro.api.shape"
local world = require "spec.support.world"

local documents = {}

local function fetch(version, id)
   return assert(core.get_deployment(nil, id, world.token(), { api_version = version }))
end

---One fixture as the library decodes it, new at each call.
---@param name string such as "full"
---@param version? string "v1" without one
---@return table deployment
function documents.fixture(name, version)
   version = version or "v1"
   local files = io.popen("ls spec/fixtures/" .. version):read "*a"
   return fetch(version, files:match("cmdep0" .. name .. "%d+"))
end

---Every fixture, likewise.
---@return { name: string, version: string, deployment: table }[]
function documents.fixtures()
   local list = {}
   for _, version in ipairs({ "v1", "v1beta1" }) do
      for file in io.popen("ls spec/fixtures/" .. version):lines() do
         local id = file:match "^(.*)%.json$"
         local name = file:match "^cmdep0(%l+)"
         list[#list + 1] = { name = name, version = version, deployment = fetch(version, id) }
      end
   end
   return list
end

local WORDS = { "orders", "Data Platform ", "1.5Gi", "A5", "default", "12.6.0", "0 20 * * 1-5", "-", "" }
local ODD_STRINGS = {
   "日本語のデプロイ",
   "e\204\129clair, emoji 🚀, “quotes”",
   'say "hi" \\ and \\n',
   "two\nlines\r\nand a\ttab",
   "red \27[31malert\27[0m \27]0;title\7 bell",
   "a\0b\127 \194\155 c1",
   "</script> & {x} %s [[ ]] '",
}
local NEW_NAMES = { "launchWindow", "end", "x-ray", "größe", "es\27cape\nname" }
local NEW_ENUMS = { "SUSPENDED", "OCI", "XXL", "EDGE WITH\27[2Jescape" }
local TIMES = {
   "2024-01-12T18:32:20.5898930Z",
   "2024-02-29T23:59:59Z",
   "2026-03-01T09:31:07.5+05:30",
   "2026-01-05T08:00:00.123456789-08:00",
   "0001-01-01T00:00:00Z",
}

-- A generator of our own, so that a seed gives the same document on every Lua: Park and Miller's, whose
-- products stay below 2^53. Gives a function from n to 1 ... n.
local function dice(seed)
   local state = math.floor(seed) % 2147483646 + 1
   local function roll(n)
      state = state * 16807 % 2147483647
      return math.floor(state / 7) % n + 1
   end
   for _ = 1, 5 do
      roll(1)
   end
   return roll
end

local function one_of(roll, list)
   return list[roll(#list)]
end

local function random_string(roll)
   return one_of(roll, roll(4) == 1 and ODD_STRINGS or WORDS)
end

-- A value of a kind that the schema does not know.
local function new_value(roll, depth)
   local kind = roll(depth > 2 and 4 or 6)
   if kind == 1 then
      return random_string(roll)
   elseif kind == 2 then
      return roll(2) == 1
   elseif kind == 3 then
      return roll(1000) - 500
   elseif kind == 4 then
      return one_of(roll, { 12.75, 1e-7, -0.5 })
   end
   local value = {}
   for i = 1, roll(4) - 1 do
      value[kind == 5 and i or NEW_NAMES[i]] = new_value(roll, depth + 1)
   end
   return value
end

-- Random values by type.
local plain = {
   string = random_string,
   integer = function(roll)
      return roll(40) - 1
   end,
   boolean = function(roll)
      return roll(2) == 1
   end,
   time = function(roll)
      return one_of(roll, TIMES)
   end,
}

local random_object

local function random_item(made, field, path)
   if field.enum and made.roll(8) == 1 then
      made.note(path, "enum")
      return one_of(made.roll, NEW_ENUMS)
   elseif field.enum then
      return one_of(made.roll, field.enum)
   elseif plain[field.type] then
      return plain[field.type](made.roll)
   end
   return random_object(made, field.type, path)
end

local function random_value(made, field, path)
   if not field.is_list then
      return random_item(made, field, path)
   end
   local list = {}
   for i = 1, made.roll(4) - 1 do
      list[i] = random_item(made, field, ("%s[%d]"):format(path, i))
   end
   return list
end

-- A secret has a value only where the server is at fault: then with a marker that can be searched for.
local function keep_secret(roll, variable)
   if variable.isSecret == true then
      variable.value = roll(2) == 1 and "s3cr3t-" .. (os.getenv "SPEC_MARK" or "") .. roll(1000) or nil
   end
end

local function name_in(version, field)
   if version == "v1beta1" and field.v1beta1 ~= nil then
      return field.v1beta1
   end
   return field.name
end

-- A field's value; unless it is to be sound, sometimes one of another type, or none where there must be one.
local function random_field(made, field, path, is_sound)
   local slip = is_sound and 0 or made.roll(60)
   if slip == 1 then
      made.note(path, "type")
      return (field.is_list or field.type == "boolean") and "yes" or made.roll(2) == 1
   elseif slip == 2 and field.is_required then
      made.note(path, "missing")
      return nil
   end
   return random_value(made, field, path)
end

function random_object(made, name, path)
   local roll, object = made.roll, {}
   -- What is secret must be clear: variables lack nothing and have the right types.
   local is_variable = name == "DeploymentEnvironmentVariable"
   local prefix = path == "" and "" or path .. "."
   for _, field in ipairs(shape.objects[name]) do
      local key = name_in(made.version, field)
      if key and (field.is_required or roll(10) > 3) then
         object[key] = random_field(made, field, prefix .. key, is_variable)
      end
   end
   if is_variable then
      keep_secret(roll, object)
   end
   if roll(8) == 1 then
      local key = one_of(roll, NEW_NAMES)
      object[key] = new_value(roll, 1)
      made.note(prefix .. key, "unknown")
   end
   return object
end

---A Deployment that a seed stands for: the same one on every Lua. It has most optional fields, and now and
---then lacks a required one, has one of another type, or an enum value or field that nobody knows.
---@param seed integer
---@param version? "v1"|"v1beta1" whose names its fields have; by default one of them at random
---@return table deployment
---@return "v1"|"v1beta1" version
---@return { path: string, problem: string }[] departures what is not as documented, in no order
function documents.random(seed, version)
   local made = { roll = dice(seed), departures = {} }
   made.version = version or one_of(made.roll, { "v1", "v1beta1" })
   function made.note(path, problem)
      made.departures[#made.departures + 1] = { path = path, problem = problem }
   end
   local deployment = random_object(made, "Deployment", "")
   return deployment, made.version, made.departures
end

return documents
