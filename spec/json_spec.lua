local world = require "spec.support.world"
local core = require "astro.core"
local dkjson = require "dkjson"
local canonical = require "spec.support.canonical"

local LIMIT = 2 ^ 53

local function decode(text)
   return core.get_deployment(nil, "x", world.token(), { base_url = world.answer("200 OK", text) })
end

-- What the value must be, by another decoder and written down once more: null is dropped, the rest of an
-- array moves up, whole numbers below 2^53 are integers.
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
   if #value > 0 then
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
   end
   return result
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
   assert.is_nil(getmetatable(got), path)
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

   local depth = function(n)
      return '{"a":' .. ("["):rep(n - 1) .. ("]"):rep(n - 1) .. "}"
   end
   it("takes 100 levels", function()
      assert.is_table(decode(depth(100)))
   end)

   for name, text in pairs({
      ["HTML"] = "<html>",
      ["an array"] = "[{}]",
      ["a string"] = '"x"',
      ["null"] = "null",
      ["nothing"] = "",
      ["blanks"] = "  \n",
      ["text after it"] = "{} x",
      ["a second object"] = "{}{}",
      ["text after a NUL byte"] = "{}\0x",
      ["a NUL byte"] = '{"a":"\0"}',
      ["NaN"] = '{"a":NaN}',
      ["infinity"] = '{"a":-Infinity}',
      ["a hexadecimal number"] = '{"a":0x10}',
      ["a leading zero"] = '{"a":01}',
      ["a number past a double"] = '{"a":[1e999]}',
      ["a negative one"] = '{"a":{"b":-1e999}}',
      ["a thousand digits"] = '{"a":' .. ("9"):rep(1000) .. "}",
      ["a lone surrogate"] = '{"a":"\\ud800"}',
      ["a byte order mark"] = "\239\187\191{}",
      ["101 levels"] = depth(101),
      ["many levels"] = ('{"a":'):rep(100000),
      ["an end too early"] = '{"a":',
   }) do
      it("refuses " .. name, function()
         local value, message, err = decode(text)
         assert.is_nil(value)
         assert.equal("decode", err.kind)
         assert.equal(200, err.status)
         assert.equal(message, err.message)
         assert.matches("^GET deployment x: 200 OK: decode: %S", message)
      end)
   end

   it("refuses 204", function()
      local base_url = world.fault("send", "HTTP/1.1 204 No Content\r\n\r\n")
      local _, message, err = core.get_deployment(nil, "x", world.token(), { base_url = base_url })
      assert.equal("decode", err.kind)
      assert.equal("GET deployment x: 204 No Content: decode: an empty body", message)
   end)

   -- Neovim brings OpenResty's fork of lua-cjson and loads modules built for Lua 5.1.
   if _VERSION == "Lua 5.1" then
      it("is the same by Neovim's vim.json, where cjson is missing", function()
         local documents = { '{"a":{},"b":[],"c":null,"d":[null,1e3,-1,[]]}', '{"a":9007199254740993}' }
         for _, id in ipairs({ world.full, "cmdep0unknown0000000000006", "cmdep0nulls00000000000007" }) do
            documents[#documents + 1] = world.read("spec/fixtures/v1beta1/" .. id .. ".json")
         end
         local program = os.tmpname()
         local file = assert(io.open(program, "w"))
         file:write(([[
            package.cpath = %q
            package.preload.cjson = function() error "none here" end
            local canonical = dofile "spec/support/canonical.lua"
            local core = require "astro.core"
            for _, base_url in ipairs(%s) do
               local value, message = core.get_deployment("o", "x", "token", { base_url = base_url })
               io.stdout:write(value and canonical(value) or message, "\n")
            end
         ]]):format(
            package.cpath,
            world.literal(documents, function(text)
               return world.answer("200 OK", text)
            end)
         ))
         file:close()
         local output, status = world.shell(
            world.preloaded("nvim --headless -u NONE -i NONE -c 'luafile " .. program .. "' -c q")
         )
         os.remove(program)
         local wanted = {}
         for i, text in ipairs(documents) do
            wanted[i] = canonical(decode(text))
         end
         assert.equal(table.concat(wanted, "\n") .. "\n", output)
         assert.equal(0, status)
      end)
   end
end)
