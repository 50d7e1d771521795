local Flow = require "astro.pretty.flow"
local ink = require "astro.pretty.ink"

local GAP = { " · " }

-- Values, or pairs of a label and a value, in lines.
local function text(limit, indent, values, first)
   local flow = Flow.new(limit, indent, first)
   for _, value in ipairs(values) do
      if type(value) == "table" then
         flow:add(GAP, { value[1] }, { value[2] })
      else
         flow:add(GAP, nil, { value })
      end
   end
   return ink.join(flow.lines)
end

describe("a flow", function()
   it("is one line where there is room", function()
      local values = { "one", { "no", "two" }, "three" }
      assert.equal("one · no two · three", text(math.huge, 0, values))
      assert.equal("one · no two · three", text(20, 2, values))
      assert.equal("  one · no two · three", text(22, 2, values, { { "  " } }))
   end)

   it("breaks between two values, without what parts them", function()
      assert.equal("one · no two\n  three", text(19, 2, { "one", { "no", "two" }, "three" }))
      assert.equal("one\n  no two\n  three", text(8, 2, { "one", { "no", "two" }, "three" }))
   end)

   it("breaks in a value that no line has room for, at blanks or where need be", function()
      assert.equal("one\n  two\n  three\n  four · x", text(10, 2, { "one", "two three four", "x" }))
      assert.equal("  abcdef\n  ghij", text(8, 2, { "abcdefghij" }, { { "  " } }))
      assert.equal("日本\n語e\204\129\n", text(4, 0, { "日本語e\204\129" }) .. "\n")
   end)

   it("has a label above a value that it leaves no room", function()
      local flow = Flow.new(10, 2)
      flow:add(GAP, { "label" }, { "value" })
      assert.same({ { { "label" } }, { { "  " }, { "value" } } }, flow.lines)
   end)

   it("tells each part of a broken value what it is a part of", function()
      local flow = Flow.new(4, 0)
      flow:add(GAP, nil, { "abcdef", "name" })
      flow:add(GAP, nil, { "x" })
      assert.same({
         { { "abcd", "name", whole = "abcdef" } },
         { { "ef", "name", whole = "abcdef" } },
         { { "x" } },
      }, flow.lines)
   end)

   it("ends with however little room", function()
      for limit = 1, 6 do
         assert.equal("日本語abc", (text(limit, 0, { "日本語", "abc" }):gsub("\n", "")))
      end
   end)
end)
