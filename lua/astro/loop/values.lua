--- What the functions of a run return, alike in every loop.

local misuse = require "astro.api.misuse"

local function packed(...)
   return { n = select("#", ...), ... }
end

-- From Lua 5.4 on.
local close = coroutine.close

-- What those that wait still have to close is closed now; they themselves must not wait any more.
local function close_all(threads)
   for _, thread in pairs(threads) do
      if close and coroutine.status(thread) == "suspended" then
         local ok, raised = close(thread)
         if not ok then
            io.stderr:write(("astro: a function that run ended raised: %s\n"):format(tostring(raised)))
         end
      end
   end
end

---Raises on what is no function.
---@param ... fun(): ...any
---@return (fun())[] functions to call in their place
---@return fun(): ...any values to call when each has ended: gives what the expressions `f(), g()` would, the first
---value of each and all of the last
---@return fun() close to call where one has raised: ends the others
local function values(...)
   misuse.expect_functions("run", ...)
   local functions, threads, given, has_failed = {}, {}, {}, false
   local function keep(i, ok, ...)
      if not ok then
         has_failed = true
         error((...), 0)
      end
      given[i] = packed(...)
   end
   for i, f in ipairs({ ... }) do
      functions[i] = function()
         if not has_failed then -- some loops would still begin those behind the one that raised
            threads[i] = coroutine.running()
            keep(i, pcall(f))
         end
      end
   end
   return functions,
      function()
         local all, count = {}, math.max(#functions - 1, 0)
         for i = 1, count do
            all[i] = given[i][1]
         end
         local last = given[#functions] or packed()
         for i = 1, last.n do
            all[count + i] = last[i]
         end
         return (table.unpack or unpack)(all, 1, count + last.n)
      end,
      function()
         close_all(threads)
      end
end

return values
