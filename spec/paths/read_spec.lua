local read = require "astro.paths.read"

local VALUE = "a value, in quotes where it begins or ends with a blank, expected at "

describe("a path", function()
   it("is read into steps", function()
      assert.same(
         { { name = "a" }, { index = -2 }, { name = "b" }, { every = true }, { index = 1 }, last_star = 4 },
         read("a[-2].b[*][1]", "get")
      )
      assert.same({ { name = "a" }, { key = "k", value = "v.[=w" } }, read("a[k=v.[=w]", "get"))
      assert.same({ { name = "a" }, { key = "k", value = " v]" } }, read([=[a[k=" v]"]]=], "get"))
      assert.same({ { name = "a" }, { key = "k", value = "it's" } }, read("a[k=it's]", "get"))
      assert.same({ { name = "größe x-ray" } }, read("größe x-ray", "get"))
   end)

   for text, message in pairs({
      [""] = "a name expected at 1",
      ["."] = "a name expected at 1",
      ["a..b"] = "a name expected at 3",
      ["a."] = "a name expected at 3",
      ["[1]"] = "a name expected at 1",
      ["a[1].[2]"] = "a name expected at 6",
      ["a[1]b"] = "'.' or '[' expected at 5",
      ["a]"] = "'.' or '[' expected at 2",
      ["workerQueues["] = "a number, '*' or 'key=value' expected at 14",
      ["a[]"] = "a number, '*' or 'key=value' expected at 3",
      ["a[x]"] = "a number, '*' or 'key=value' expected at 3",
      ["a[=x]"] = "a number, '*' or 'key=value' expected at 3",
      ["a[b.c=x]"] = "a number, '*' or 'key=value' expected at 3",
      ["a[0]"] = "a number other than 0 expected at 3",
      ["a[1"] = "']' expected at 4",
      ["a[1.5]"] = "']' expected at 4",
      ["a[**]"] = "']' expected at 4",
      ["a[b=c"] = "']' expected at 6",
      -- what people write elsewhere
      ["$.status"] = "a name expected at 1",
      [".status"] = "a name expected at 1",
      [" status"] = "a name expected at 1",
      ["status "] = "a name expected at 1",
      ["a. b"] = "a name expected at 3",
      ["a.*.b"] = "a name expected at 3",
      ["a.1.b"] = "'[1]' expected at 3",
      ["status=HEALTHY"] = "a name expected at 1",
      ["'status'"] = "a name expected at 1",
      ["createdAt:down"] = "a name expected at 1",
      ["a[ 1]"] = "a number, '*' or 'key=value' expected at 3",
      ["a[1 ]"] = "']' expected at 4",
      ["a[name == heavy]"] = "a number, '*' or 'key=value' expected at 3",
      ["a[?name=heavy]"] = "a number, '*' or 'key=value' expected at 3",
      ["a[name==heavy]"] = VALUE .. 8,
      ["a[name= heavy]"] = VALUE .. 8,
      ["a[name=heavy ]"] = VALUE .. 8,
      ['a[name="heavy]'] = VALUE .. 8,
      ['a[name="heavy" ]'] = "']' expected at 15",
      ["a['name']"] = "a number, '*' or 'key=value' expected at 3",
   }) do
      it(("points at the place in '%s'"):format(text), function()
         local _, got = pcall(function()
            read(text, "get")
         end)
         local wanted = ("bad path '%s' to 'get' (%s)"):format(text, message)
         assert.equal(wanted, got:match "^[^\n]*read_spec.lua:%d+: (.*)$")
      end)
   end
end)
