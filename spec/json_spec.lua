local world = require "spec.support.world"
local core = require "astro.core"
local dkjson = require "dkjson"
local canonical = require "spec.support.canonical"
local comma = require "spec.support.comma"
local not_json = require "spec.support.not_json"
local nvim = require "spec.support.nvim"

local LIMIT = 2 ^ 53

local NUMBERS = {
   ["0"] = 0,
   ["-0"] = 0,
   ["0.0"] = 0,
   ["-0.00e5"] = 0,
   ["1.50"] = 1.5,
   ["-0.25"] = -0.25,
   ["-0.25e2"] = -25,
   ["0.1"] = 0.1,
   ["0.00305"] = 0.00305,
   ["100.25E-2"] = 1.0025,
   ["1e2"] = 100,
   ["1E+2"] = 100,
   ["20.0e-1"] = 2,
   ["3.141592653589793238462643383279"] = math.pi,
   ["2.2250738585072014e-308"] = 2.2250738585072014e-308,
   ["1.7976931348623157e308"] = 1.7976931348623157e308,
   ["5e-324"] = 5e-324,
   ["1.5e-400"] = 0,
   ["1.5e-99999999999999999999"] = 0,
   ["0.0e99999999999999999999"] = 0,
   ["0." .. ("0"):rep(400) .. "15e401"] = 1.5,
   ["1234567890"] = 1234567890,
   ["-12345678901"] = -12345678901,
   ["12345678901e-1"] = 1234567890.1,
   ["9007199254740993"] = 2 ^ 53,
   ["9223372036854775807"] = 2 ^ 63,
   ["9223372036854775808"] = 2 ^ 63,
   ["18446744073709551616"] = 2 ^ 64,
   ["-18446744073709551616"] = -2 ^ 64,
   ["123456789012345678901234567890"] = 123456789012345678901234567890.0,
}

-- What decoders tell apart, beside the fixtures.
local DOCUMENTS =
   { '{"a":{},"b":[],"c":null,"d":[null,1e3,-1,[]],"e":[[],{}],"":{"f":{}}}', "true", '"a\\u0000b"' }
for text, number in pairs(NUMBERS) do
   if number ~= 0 then -- an integer has no sign of zero
      DOCUMENTS[#DOCUMENTS + 1] = "[" .. text .. "]"
   end
end

local function decode(text)
   return core.get_deployment(nil, "x", world.token(), { base_url = world.answer("200 OK", text) })
end

-- What the value must be, by another decoder and written down once more: null is dropped, the rest of an
-- array moves up, whole numbers below 2^53 are integers, an empty array is marked.
local function expected(value, null)
   if type(value) == "number" then
      if math.type and value == math.floor(value) and math.abs(value) < LIMIT then
         return math.tointeger(value)
      end
      return value + 0.0
   elseif type(value) ~= "table" then
      return value
   end
   local result = {}
   if getmetatable(value).__jsontype == "array" then
      for _, item in ipairs(value) do
         if item ~= null then
            result[#result + 1] = expected(item, null)
         end
      end
   else
      for key, item in pairs(value) do
         if item ~= null then
            result[key] = expected(item, null)
         end
      end
      return result
   end
   return result[1] == nil and setmetatable(result, core.array) or result
end

local function same(wanted, got, path)
   assert.equal(type(wanted), type(got), path)
   if type(wanted) ~= "table" then
      assert.equal(wanted, got, path)
      if math.type then
         assert.equal(math.type(wanted), math.type(got), path)
      end
      return
   end
   assert.equal(getmetatable(wanted), getmetatable(got), path)
   for key, item in pairs(wanted) do
      same(item, got[key], path .. "." .. key)
   end
   for key in pairs(got) do
      assert.not_nil(wanted[key], path .. "." .. key)
   end
end

describe("json", function()
   for _, version in ipairs({ "v1beta1", "v1" }) do
      local folder = "spec/fixtures/" .. version
      for file in io.popen("ls " .. folder):lines() do
         local id = file:match "^(.*)%.json$"

         it(("gives every value of %s's %s"):format(version, id), function()
            local null = {}
            local text = world.read(folder .. "/" .. file)
            local wanted = expected(dkjson.decode(text, 1, null), null)
            local deployment = assert(core.get_deployment(nil, id, world.token(), { api_version = version }))
            same(wanted, deployment, id)
         end)
      end
   end

   it("drops null, and what follows it in an array moves up", function()
      local value = decode '{"a":null,"b":[null,1,null,{"c":null},null],"d":[null],"e":{"f":[[null,2]]}}'
      assert.same({ b = { 1, {} }, d = {}, e = { f = { { 2 } } } }, value)
   end)

   it("tells an empty array from an empty object, and no other table", function()
      local value = decode '{"a":[],"b":{},"c":[ ],"d":[null],"e":[[]],"f":[{}],"g":{"x":null},"h":"[]"}'
      local function marks(name)
         return getmetatable(value[name]) == core.array
      end
      assert.is_true(marks "a" and marks "c" and marks "d")
      assert.equal(core.array, getmetatable(value.e[1]))
      for _, one in ipairs({ value, value.b, value.e, value.f, value.f[1], value.g }) do
         assert.is_nil(getmetatable(one))
      end
      assert.equal("[]", value.h)
   end)

   -- Each is looked at where the text says that it must: by keys and places.
   it("gives the same whatever keys, repeats and lengths lead to a value", function()
      for text, wanted in pairs({
         ['{"a":{"b":1},"a":2}'] = { a = 2 },
         ['{"a":2,"a":{"b":[],"c":3}}'] = { a = { b = setmetatable({}, core.array), c = 3 } },
         ['{"a":{"b":2},"a":null}'] = {},
         ['{"a":null,"a":2}'] = { a = 2 },
         ['{"a":[1,{"b":2}],"a":{"c":3}}'] = { a = { c = 3 } },
         ['{"\\u0061":1,"b\\"":{"c\\\\":[2,null]}}'] = { a = 1, ['b"'] = { ["c\\"] = { 2 } } },
         ['{"\\u0061":1}'] = { a = 1 },
         ['{"1":5,"":[null,{"":[[3],null,4]}]}'] = { ["1"] = 5, [""] = { { [""] = { { 3 }, 4 } } } },
         ["[[1,2],[[3]],{},null,[{}]]"] = { { 1, 2 }, { { 3 } }, {}, { {} } },
      }) do
         same(wanted, core.decode(text), text)
      end
      local texts, list = {}, {}
      for i = 1, 300 do
         texts[i], list[i] = ('{"n":%d,"s":"s","null":null},'):format(i), { n = i, s = "s" }
      end
      local text = "{" .. ('"k":[1,{"n":2}],'):rep(300) .. '"list":[' .. table.concat(texts) .. "null]}"
      same({ k = { 1, { n = 2 } }, list = list }, core.decode(text), "many")
   end)

   it("gives whole numbers as integers up to 2^53", function()
      local value = decode '{"n":[0,-0,1.0,1e3,-42,1.5,9007199254740991,9007199254740992,1e300]}'
      assert.same({ 0, 0, 1, 1000, -42, 1.5, 9007199254740991, 9007199254740992, 1e300 }, value.n)
      if math.type then
         local types = {}
         for i, n in ipairs(value.n) do
            types[i] = math.type(n):sub(1, 1)
         end
         assert.equal("i i i i i f i f f", table.concat(types, " "))
      end
   end)

   it("keeps strings to the byte", function()
      local value = decode '{"s":"a\\u0000b\\n\\u00e9\\ud83d\\ude80\\/\\\\\\"","raw":"\255\128é"}'
      assert.same({ s = 'a\0b\né🚀/\\"', raw = "\255\128é" }, value)
   end)

   it("gives the double, as near as can be, however a number is written", function()
      for text, wanted in pairs(NUMBERS) do
         local value = core.decode("[" .. text .. "]")[1]
         assert.equal(wanted, value, text)
      end
      assert.same({ 1.5, -20, "1.5", 0.25 }, core.decode ' [ 1.50 , -0.2e2 , "1.5" , 25E-2 ] ')
   end)

   it("takes 100 levels", function()
      assert.is_table(core.decode(("["):rep(100) .. ("]"):rep(100)))
      assert.is_table(core.decode(('[{"a":'):rep(50) .. "1" .. ("}]"):rep(50)))
   end)

   it("takes every escape, and quotes behind backslashes", function()
      local value = core.decode [==[["\\","\\\"","\"\/\b\f\n\r\t\u00e9","a long one \\\\"]]==]
      assert.same({ "\\", '\\"', '"/\b\f\n\r\té', "a long one \\\\" }, value)
   end)

   it("takes strings of every length, up to the text's very end", function()
      for length = 0, 40 do
         local written = ("é!#/\127 ~"):rep(9):sub(1, length)
         assert.equal(written, core.decode('"' .. written .. '"'))
         assert.same({ written .. '"', "" }, core.decode('["' .. written .. '\\"",""]'))
         assert.same({ nil, "no end of the string at character 1" }, { core.decode('"' .. written) })
         assert.is_nil((core.decode('"' .. written .. '\\"')))
      end
   end)

   it("refuses every control character, wherever it stands in a string", function()
      for code = 0, 31 do
         for length = 0, 20 do
            local text = '["' .. ("x"):rep(length) .. string.char(code) .. ("y"):rep(code) .. '"]'
            assert.same({ nil, "a control character in the string at character 2" }, { core.decode(text) })
         end
      end
   end)

   for name, text in pairs(not_json) do
      it("refuses " .. name, function()
         local value, message = core.decode(text)
         assert.is_nil(value)
         assert.matches("%a%a%a", message)
      end)
   end

   for name, text in pairs({
      ["no JSON"] = '{"a":01}',
      ["an array"] = "[{}]",
      ["a string"] = '"x"',
      ["null"] = "null",
      ["nothing"] = "",
      ["blanks"] = "  \n",
      ["text after a NUL byte"] = "{}\0x",
      ["a byte order mark"] = "\239\187\191{}",
   }) do
      it("refuses an answer of " .. name, function()
         local value, message, err = decode(text)
         assert.is_nil(value)
         assert.equal("decode", err.kind)
         assert.equal(200, err.status)
         assert.equal(message, err.message)
         assert.matches("^GET deployment x: 200 OK: decode: %S", message)
      end)
   end

   it("says what is wrong, and where", function()
      for text, wanted in pairs({
         ['{"a":1.}'] = "an invalid number at character 6",
         ['{"a":"b\nc"}'] = "a control character in the string at character 6",
         ['{"a":[1,2}'] = "',' or ']' expected at character 10",
         ["\239\187\191{}"] = "a byte order mark at character 1",
         ['{"a":1.5,"b":}'] = "a value expected at character 14",
      }) do
         local _, message = core.decode(text)
         assert.equal(wanted, message)
         _, message = decode(text)
         assert.matches("decode: " .. wanted:gsub("%p", "%%%0"), message)
      end
   end)

   it("lets pass what a hook raises, such as that of Ctrl-C", function()
      local outcomes, left = {}
      local function interrupt()
         left = left - 1
         if left == 0 then
            debug.sethook()
            error("interrupted!", 0)
         end
      end
      local function decode_once()
         debug.sethook(interrupt, "cr")
         local value, message = core.decode '{"a":1}'
         debug.sethook()
         return value and value.a or "given, not raised: " .. message
      end
      for at = 1, 60 do
         left = at
         outcomes[select(2, pcall(decode_once))] = true
      end
      assert.same({ [1] = true, ["interrupted!"] = true }, outcomes)
   end)

   it("refuses 204", function()
      local base_url = world.fault("send", "HTTP/1.1 204 No Content\r\n\r\n")
      local _, message, err = core.get_deployment(nil, "x", world.token(), { base_url = base_url })
      assert.equal("decode", err.kind)
      assert.equal("GET deployment x: 204 No Content: decode: an empty body", message)
   end)

   describe("where the decimal point is a comma", function()
      local folder

      setup(function()
         folder = comma.folder()
      end)

      teardown(function()
         world.shell("rm -r " .. folder)
      end)

      for name, beginning in pairs({
         ["from before the module is loaded"] = "comma() local core = load()",
         ["from after"] = "local core = load() comma()",
         ["no longer"] = "comma() local core = load() point()",
         ["and lua-cjson has learned that since"] = "local core = load() comma() require('cjson').new()",
         ["no longer, but lua-cjson has learned it"] = "local core = load() comma() require('cjson').new() point()",
      }) do
         it("is read likewise: " .. name, function()
            local program = [[
               local function comma()
                  assert(os.setlocale("%s", "numeric"))
               end
               local function point()
                  os.setlocale("C", "numeric")
               end
               local function load()
                  return require "astro.core"
               end
               %s
               local got, message = core.decode '[1.5,-0.25e2,0.003,100.0,1e2,18446744073709551616,"1.5"]'
               print(message)
               for i, number in ipairs { 1.5, -25, 0.003, 100, 100, 18446744073709551616.0, "1.5" } do
                  print(i, got[i] == number)
               end
            ]]
            local output = comma.run(folder, program:format(comma.name, beginning))
            local wanted = { "nil" }
            for i = 1, 7 do
               wanted[#wanted + 1] = i .. "\ttrue"
            end
            assert.equal(table.concat(wanted, "\n") .. "\n", output)
         end)
      end
   end)

   describe("by what a program has made of lua-cjson", function()
      local function run(cjson, text)
         local program = [[
            local cjson = require "cjson"
            package.loaded.cjson = %s
            local value, message = require("astro.core").decode(arg[1])
            print(type(value) == "table" and value.a or value, message)
         ]]
         return (world.run(program:format(cjson), { arguments = "'" .. text .. "'" }))
      end

      it("is the same: cjson.safe", function()
         assert.equal("1\tnil\n", run('require "cjson.safe"', '{"a":1}'))
         assert.matches("^nil\t[^\n]*escape[^\n]*\n$", run('require "cjson.safe"', '{"a":"\\ud800"}'))
         assert.matches("^nil\t',' or '}' expected at character 7\n$", run('require "cjson.safe"', '{"a":1'))
      end)

      it("is the same: settings of its own", function()
         assert.equal("1\tnil\n", run("cjson, cjson.decode_max_depth(1)", '{"a":1}'))
      end)

      it("is the same: without new", function()
         assert.equal("1\tnil\n", run("{ decode = cjson.decode, null = cjson.null }", '{"b":null,"a":1}'))
      end)

      it("is the same: one that cuts whole numbers off at an integer's limit", function()
         local cutting = [[{
            decode = function(text)
               return cjson.decode((text:gsub("(%d+)([^%de])", function(digits, after)
                  return (#digits > 18 and "9223372036854775807" or digits) .. after
               end)))
            end,
         }]]
         assert.matches("^1%.8446744073%d+e%+19\tnil\n$", run(cutting, '{"a":18446744073709551616}'))
      end)

      it("is said: without decode", function()
         assert.matches("astro needs lua%-cjson: it has no decode", run("{ new = cjson.new }", "{}"))
      end)
   end)

   describe("by Neovim's vim.json, where no cjson is", function()
      setup(nvim.build)

      it("is the same", function()
         local documents = { (table.unpack or unpack)(DOCUMENTS) }
         for path in io.popen("ls spec/fixtures/v*/*.json"):lines() do
            documents[#documents + 1] = world.read(path)
         end
         local output = nvim.run(([[
            local canonical, core = dofile "spec/support/canonical.lua", require "astro.core"
            for _, text in ipairs(%s) do
               say(canonical(core.decode(text)))
            end
         ]]):format(world.literal(documents, tostring)))
         local next_line = output:gmatch "[^\n]+"
         for _, text in ipairs(documents) do
            assert.equal(canonical(core.decode(text)), next_line())
         end
         assert.is_nil(next_line())
      end)

      it("is refused likewise", function()
         local output = nvim.run [[
            local core = require "astro.core"
            for name, text in pairs(dofile "spec/support/not_json.lua") do
               local value, message = core.decode(text)
               if value ~= nil or not message:find "%a%a%a" then
                  say("taken:", name)
               end
            end
         ]]
         assert.equal("", output)
      end)
   end)
end)
