-- Lua 5.5 loads no file that assigns to the first variable of a `for`; others do. From 5.4 on a variable may be
-- declared so, which shows it before there is a 5.5.

local function with_constants(text)
   local code = ("\n" .. text):gsub("\n%s*%-%-[^\n]*", "\n")
   return (code:gsub("(for ([%w_]+)[, ][^\n]- do)%f[%s]", "%1 local %2 <const> = %2;"))
end

local function refusal(text)
   return select(2, load(with_constants(text)))
end

if _VERSION >= "Lua 5.4" then
   describe("the variable of a loop", function()
      it("is never assigned to", function()
         local count = 0
         for path in io.popen("find lua examples spec -name '*.lua'"):lines() do
            local file = assert(io.open(path))
            local text = file:read "*a"
            file:close()
            assert.is_nil(refusal(text), path)
            count = count + 1
         end
         assert.is_true(count > 100)
      end)

      it("is seen where it is", function()
         assert.matches("const variable 'k'", refusal "for k, v in pairs(t) do\n k = v\nend")
         assert.matches("const variable 'i'", refusal "for i = 1, 2 do i = 3 end")
         assert.is_nil(refusal "for i = 1, 2 do local j = i end")
      end)
   end)
end
