local pretty = require "astro.pretty"
local time = require "astro.time"

local function raised(name, ...)
   local ok, message = pcall(pretty[name], ...)
   assert.is_false(ok)
   return message
end

describe("pretty", function()
   it("counts times from the clock where nothing else is said", function()
      local soon = time.text(os.time() - 7200):gsub(" ", "T") .. "Z"
      assert.matches("created at  .* UTC, 2 h ago$", pretty.deployment({ createdAt = soon }))
   end)

   it("takes any second for now", function()
      local text = pretty.deployment({ createdAt = "1970-01-01T00:01:00Z" }, { now = 240.5 })
      assert.matches("1970%-01%-01 00:01:00 UTC, 3 min ago$", text)
   end)

   it("raises for a wrong argument or option, where the caller stands", function()
      assert.matches(
         "^[^\n]*pretty_spec.lua:%d+: bad argument 'd' to 'pretty.deployment' %(a table expected, got nil%)",
         raised("deployment", nil)
      )
      for _, name in ipairs({ "deployment", "table" }) do
         local to = (" to 'pretty.%s' "):format(name)
         assert.matches("bad option" .. to .. ".*did you mean 'color'", raised(name, {}, { colour = true }))
         assert.matches(
            "bad option 'color'" .. to .. "%(true, false or 'auto' expected, got string",
            raised(name, {}, { color = "on" })
         )
         assert.matches(
            "bad show option" .. to .. ".*did you mean 'secrets'",
            raised(name, {}, { show = { secret = true } })
         )
         assert.matches(
            "bad show option 'values'" .. to .. "%(a boolean expected, got 1",
            raised(name, {}, { show = { values = 1 } })
         )
         assert.matches(
            "bad option 'show'" .. to .. "%(a table expected, got boolean",
            raised(name, {}, { show = true })
         )
      end
      assert.matches("bad argument 'options' to 'pretty.diff'", raised("diff", {}, {}, "x"))
   end)

   it("raises under its own name for what is no data", function()
      local cycle = {}
      cycle.cycle = cycle
      for what, value in pairs({
         ["more than 200 levels, as of a table that holds itself"] = cycle,
         ["a value that is a function"] = print,
         ["a value that is a thread"] = coroutine.create(function() end),
         ["a number that is inf"] = 1 / 0,
         ["a number as a key"] = { 1, nil, 3 },
      }) do
         local one = { odd = value, workerQueues = value }
         local list = { columns = { "odd" } }
         local function of(argument, to)
            return ("bad argument %s to 'pretty.%s' (%s)"):format(argument, to, what)
         end
         local function ending(...)
            return raised(...):match "^[^\n]*pretty_spec.lua:%d+: (.*)$"
         end
         assert.equal(of("'d'", "deployment"), ending("deployment", one))
         assert.equal(of("'list'", "table"), ending("table", { one }, list))
         assert.equal(of("'before' or 'after'", "diff"), ending("diff", {}, one))
         assert.equal(of("'before' or 'after'", "diff"), ending("diff", one, {}))
         assert.equal(of("'value'", "json"), ending("json", one))
         assert.equal(of("'value'", "redacted"), ending("redacted", one))
         if what ~= "a number as a key" then -- Lua has those
            assert.equal(of("'value'", "lua"), ending("lua", one))
         end
      end
   end)

   it("leaves what it is given as it is", function()
      local options = { color = false, show = { values = false }, now = 5 }
      pretty.deployment({ name = "x" }, options)
      assert.same({ color = false, show = { values = false }, now = 5 }, options)
   end)
end)
