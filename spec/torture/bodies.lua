--- Bodies of every kind, through decoding (src/json.c, by decode.c) and every helper, and some of them through a
--- server that sends them. Each is a value or a clear error, soon.

local astro = require "astro"
local core = require "astro.core"
local shape = require "astro.api.shape"
local world = require "spec.support.world"

local FOLDERS = { "spec/fixtures/v1", "spec/fixtures/v1beta1" }

--- The longest that one helper may take, in seconds: a card of a million fields takes 20. What grows faster than
--- the body would take hours.
local LIMIT = 60

local decode

local function load_decoder()
   local path = os.tmpname()
   world.compile(
      path,
      "spec/torture/decode.c src/json.c src/places.c src/strict.c",
      "--cflags",
      "-std=c99 -O2 -shared -fPIC"
   )
   decode = assert(package.loadlib(path, "luaopen_decode"))()
   os.remove(path)
end

local function texts()
   local list = {}
   for _, folder in ipairs(FOLDERS) do
      for file in io.popen("ls " .. folder):lines() do
         list[#list + 1] = { name = file, text = world.read(folder .. "/" .. file) }
      end
   end
   return list
end

-- Every helper over one value; what one raises is a finding, unless it is its own words about misuse.
local helpers = {
   check = function(value)
      return astro.check(value)
   end,
   urls = function(value)
      return astro.urls(value)
   end,
   card = function(value)
      return astro.pretty.deployment(value, { color = true, show = { secrets = true } })
   end,
   table = function(value)
      return astro.pretty.table({ value }, { columns = { "id", "workerQueues[*].name", "status" } })
   end,
   json = function(value)
      return astro.pretty.json(value)
   end,
   lua = function(value)
      return astro.pretty.lua(value)
   end,
   diff = function(value)
      return astro.pretty.diff(value, { id = "other", workerQueues = { { name = "x" } } })
   end,
   get = function(value)
      return astro.filter.get(value, "workerQueues[name=default].podMemory")
   end,
   where = function(value)
      return astro.filter.where({ value }, { status = "HEALTHY", ["workerQueues[*].astroMachine"] = "A5" })
   end,
   sort_by = function(value)
      return astro.filter.sort_by({ value, { id = "x" } }, "workerQueues[1].name")
   end,
   group_by = function(value)
      return astro.filter.group_by({ value }, "status")
   end,
   count_by = function(value)
      return astro.filter.count_by({ value }, "workerQueues[*].name")
   end,
   pick = function(value)
      return astro.filter.pick(value, { "id", "workerQueues[*].name", "createdAt" })
   end,
   time = function(value)
      if type(value.createdAt) == "string" then
         return astro.time.parse(value.createdAt), pcall(astro.time.ago, value.createdAt)
      end
   end,
}

local function help(row, value, name)
   for helper, f in pairs(helpers) do
      local start = os.clock()
      local ok, message = pcall(f, value)
      if not ok and not tostring(message):find "bad argument" then
         row:finding(("%s of %s raised %s"):format(helper, name, tostring(message):sub(1, 300)))
      end
      if os.clock() - start > LIMIT then
         row:finding(("%s of %s takes %.1f s"):format(helper, name, os.clock() - start))
      end
   end
end

local function try(row, text, name, with_helpers)
   local value, message = decode(text)
   if value ~= nil then
      row:came "value"
      if type(value) ~= "table" then
         row:finding(name .. " gives " .. type(value))
      elseif with_helpers then
         help(row, value, name)
      end
   else
      row:came "error"
      if type(message) ~= "string" or message == "" then
         row:finding(name .. " has no message")
      end
   end
end

local function prefixes(row, step)
   for _, fixture in ipairs(texts()) do
      local body = fixture.text:gsub("%s+$", "")
      for length = 0, #body - 1, step do
         local value = decode(body:sub(1, length))
         row:expect(
            "error",
            value == nil and "error" or "value",
            ("%s to byte %d"):format(fixture.name, length)
         )
      end
      try(row, body, fixture.name, true)
   end
end

-- One byte becomes another: each of its bits flipped, and each value that means something in JSON.
local function flips(row, step, helped)
   local text = world.read "spec/fixtures/v1/cmdep0full0000000000000001.json"
   local others = { 0, 10, 34, 44, 48, 58, 91, 92, 93, 101, 123, 125, 128, 192, 237, 255 }
   local count = 0
   for at = 1, #text, step do
      local byte, swaps = text:byte(at), {}
      for bit = 0, 7 do
         local weight = 2 ^ bit
         swaps[#swaps + 1] = math.floor(byte / weight) % 2 == 1 and byte - weight or byte + weight
      end
      for _, other in ipairs(others) do
         swaps[#swaps + 1] = other
      end
      for _, other in ipairs(swaps) do
         count = count + 1
         local flipped = text:sub(1, at - 1) .. string.char(other) .. text:sub(at + 1)
         try(row, flipped, ("byte %d as %d"):format(at, other), count % helped == 0)
      end
   end
end

local function odd_texts(is_long)
   local many, mebibytes = is_long and 1000000 or 10000, is_long and 16 or 1
   local keys = {}
   for i = 1, many do
      keys[i] = ('"k%d":%d'):format(i, i)
   end
   local huge = ("x"):rep(mebibytes * 1024 * 1024)
   return {
      depth = '{"a":' .. ("["):rep(many) .. ("]"):rep(many) .. "}",
      ["depth of objects"] = ('{"workerQueues":'):rep(many) .. "1" .. ("}"):rep(many),
      ["100 levels"] = ('{"a":'):rep(99) .. "{}" .. ("}"):rep(99),
      ["many keys"] = "{" .. table.concat(keys, ",") .. "}",
      ["many nulls"] = '{"workerQueues":[' .. ("null,"):rep(many) .. "null]}",
      ["many rows"] = '{"workerQueues":[' .. ("{},"):rep(many / 10) .. '{"name":1}]}',
      ["a long string"] = '{"name":"' .. huge .. '"}',
      ["a long key"] = '{"' .. huge .. '":1}',
      ["a long enum"] = '{"status":"' .. huge .. '"}',
      ["a long time"] = '{"createdAt":"' .. ("1"):rep(many) .. '"}',
      ["long escapes"] = '{"name":"' .. ("\\u001b"):rep(many) .. '"}',
      ["long marks"] = '{"name":"' .. ("\204\129"):rep(many) .. '"}',
      ["a thousand digits"] = '{"n":' .. ("9"):rep(1000) .. "}",
      ["a thousand decimals"] = '{"n":0.' .. ("9"):rep(1000) .. "}",
      ["a thousand digits of exponent"] = '{"n":1e' .. ("9"):rep(1000) .. "}",
      ["tiny"] = '{"schedulerReplicas":1e-999,"schedulerCpu":5e-324}',
      ["duplicate keys"] = '{"id":1,"id":"x","workerQueues":[],"workerQueues":{},"id":{"a":[]}}',
      ["lone surrogates"] = '{"name":"\\ud800","id":"\\udfff"}',
      ["surrogates twice"] = '{"name":"\\ud83d\\ud83d"}',
      ["invalid UTF-8"] = '{"name":"\255\192\128\237\160\128\244\144\128\128","id":"\226\130"}',
      ["NUL"] = '{"name":"\0"}',
      ["NUL escaped"] = '{"name":"a\\u0000b","id":"\\u0000","status":"\\u0000"}',
      ["BOM"] = "\239\187\191{}",
      ["NaN"] = '{"n":NaN}',
      ["nan"] = '{"n":-nan}',
      ["infinity"] = '{"n":Infinity}',
      ["UTF-16"] = "\255\254{\0}\0",
      ["markup"] = '{"name":"<b>\\r\\n\\u001b]0;x\\u0007"}',
      ["patterns"] = '{"name":"%s%d%1%","id":"[*]","status":".*"}',
   }
end

-- Every field of the schema as what it is not.
local function swapped(row)
   local WRONG =
      { "1", '"x"', "true", "[]", "{}", "[1,[2]]", '{"a":{"b":[]}}', "null", "-1e300", '[{"name":[]}]' }
   for _, object in pairs(shape.objects) do
      for _, field in ipairs(object) do
         for _, wrong in ipairs(WRONG) do
            local inner = ('{"%s":%s,"id":"x","name":"y"}'):format(field.name, wrong)
            try(row, inner, inner, true)
            local outer = '{"workerQueues":[%s],"environmentVariables":[%s],"createdBy":%s,"scalingSpec":%s}'
            try(row, outer:format(inner, inner, inner, inner), inner .. " below", true)
         end
      end
   end
end

local function served(row, is_long)
   local bodies = odd_texts(false)
   bodies.fixture = texts()[1].text
   for name, body in pairs(bodies) do
      for _, status in ipairs(is_long and { "200 OK", "404 x", "500 x" } or { "200 OK", "500 x" }) do
         local options = { base_url = world.answer(status, body), timeout = 20, attempt_timeout = 20 }
         local value, message, err = core.get_deployment("org", "id", world.token(), options)
         row:came(value and "value" or err.kind)
         if not value and (#message > 1000 or message:find "[%c]" or #(err.body or "") > 512) then
            row:finding(("%s as %s: %s"):format(name, status, message:sub(1, 200)))
         end
      end
   end
end

return function(report)
   local is_long = report.is_long
   load_decoder()
   report:row("every prefix of every fixture", function(row)
      prefixes(row, is_long and 1 or 23)
   end)
   report:row("every byte of a fixture flipped and replaced", function(row)
      flips(row, is_long and 1 or 61, is_long and 20 or 40)
   end)
   report:row("depth, length, number and noise", function(row)
      for name, text in pairs(odd_texts(is_long)) do
         try(row, text, name, true)
      end
   end)
   report:row("every field as what it is not", swapped)
   report:row("odd bodies from a server", function(row)
      served(row, is_long)
   end)
end
