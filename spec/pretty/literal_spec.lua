local canonical = require "spec.support.canonical"
local documents = require "spec.support.documents"
local pretty = require "astro.pretty"

local function loaded(text)
   return assert((loadstring or load)("return " .. text))()
end

-- But for the mark of an empty list, which no literal carries.
local function same(value, what)
   local text = pretty.lua(value)
   assert.equal((canonical(value):gsub("!{}", "{}")), canonical(loaded(text)), what)
   return text
end

describe("pretty.lua", function()
   it("loads to the same value: fixtures", function()
      for _, one in ipairs(documents.fixtures()) do
         same(one.deployment, one.name)
      end
   end)

   it("loads to the same value: random documents", function()
      for seed = 1, 150 do
         local text = same(documents.random(seed), "seed " .. seed)
         assert.is_nil(text:gsub("\n", ""):find "%c", "seed " .. seed)
      end
   end)

   it("loads to the same value: every byte, odd keys, numbers", function()
      local bytes = {}
      for byte = 0, 255 do
         bytes[#bytes + 1] = string.char(byte) .. "7"
      end
      same({
         bytes = table.concat(bytes),
         ["end"] = 1,
         ["a b"] = 2,
         ["é"] = 3,
         [10] = 4,
         [-1.5] = 5,
         [true] = 6,
      })
      same({ 0.1, 1e300, 2 ^ 53, -2 ^ 60, 1e-7, 9007199254740991, -42 })
   end)

   it("puts into brackets what is a word of any Lua", function()
      assert.equal('{\n   ["global"] = 1,\n   ["goto"] = 2\n}', pretty.lua({ global = 1, ["goto"] = 2 }))
   end)

   it("keeps the kind of a number where Lua has two", function()
      if math.type then
         local kinds = loaded(pretty.lua({ 2, 2.0, 2 ^ 60, 1e300 }))
         assert.same(
            { "integer", "float", "float", "float" },
            { math.type(kinds[1]), math.type(kinds[2]), math.type(kinds[3]), math.type(kinds[4]) }
         )
      end
   end)

   it("has the schema's order and no needless brackets", function()
      assert.equal(
         '{\n   id = "i",\n   name = "n",\n   externalIPs = {},\n   ["and"] = 1,\n   new = {\n      true\n   }\n}',
         pretty.lua({ new = { true }, name = "n", ["and"] = 1, id = "i", externalIPs = {} })
      )
   end)

   it("raises for what no literal is", function()
      local cycle = {}
      cycle[1] = cycle
      for _, value in ipairs({ cycle, { print }, { 0 / 0 }, { [{}] = 1 } }) do
         local ok, message = pcall(pretty.lua, value)
         assert.is_false(ok)
         assert.matches("bad argument 'value' to 'pretty.lua' %(", message)
      end
   end)
end)
