local core = require "astro.core"
local schema = require "astro.api.schema"

describe("schema", function()
   it("declares no option twice, with the core's", function()
      local seen = {}
      for _, rows in ipairs({ core.options, schema.options }) do
         for _, row in ipairs(rows) do
            assert.is_nil(seen[row.name], row.name)
            seen[row.name] = true
            assert.is_string(row.type)
            assert.is_string(row.text)
         end
      end
      for _, name in ipairs(schema.call_options) do
         assert.is_true(seen[name], name)
      end
   end)

   it("names kinds that there are", function()
      local kinds = {}
      for _, kind in ipairs(core.kinds) do
         kinds[kind.name] = true
      end
      for kind in pairs(schema.retry.kinds) do
         assert.is_true(kinds[kind], kind)
      end
   end)
end)
