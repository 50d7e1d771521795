--- What must be done after a function, however that ends: by its end, by what it raises, or because its coroutine is
--- closed. Where the coroutine is only dropped, nothing can be done any more, and that is told.

local guard = {}

---@class astro.Guard
---@field after fun(guard: astro.Guard) what must be done, once
---@field on_dropped fun() is told that it was not
---@field results? { n: integer, [integer]: any } what the function gave; nil: it did not come to its end
---@field is_over boolean
---@field proxy? userdata tells of the end where a table does not
local Guard = {}
Guard.__index = Guard

-- As in Lua 5.1 and LuaJIT, where a table has no __gc.
local newproxy = rawget(_G, "newproxy")

local function finish(self)
   if not self.is_over then
      self.is_over = true
      self.after(self)
   end
end

Guard.__close = finish

function Guard:__gc()
   if not self.is_over then
      self.is_over = true
      self.on_dropped()
   end
end

-- Calls f(). From Lua 5.4 on the guard is closed after it.
local can_load, closing = pcall(load, "local guard, f = ... local _ <close> = guard f()")
local can_close = can_load and closing ~= nil
if not can_close then
   function closing(_, f)
      f()
   end
end

-- A coroutine that ends by what it raises closes nothing, so there pcall is needed, although it takes the frames of what
-- is raised from a traceback.
local function may_do_without_pcall()
   local _, is_main = coroutine.running()
   return can_close and is_main
end

local function packed(...)
   return { n = select("#", ...), ... }
end

---Calls a function. What it raises passes, in Lua 5.4's main thread with its own frames.
---@param f fun(): ...any
---@param after fun(guard: astro.Guard)
---@param on_dropped fun()
---@return astro.Guard over it has what f gave
function guard.run(f, after, on_dropped)
   local self = setmetatable({ after = after, on_dropped = on_dropped, is_over = false }, Guard)
   if newproxy then
      self.proxy = newproxy(true)
      getmetatable(self.proxy).__gc = function()
         Guard.__gc(self)
      end
   end
   local function body()
      self.results = packed(f())
   end
   closing(self, may_do_without_pcall() and body or function()
      local ok, raised = pcall(body)
      finish(self)
      if not ok then
         error(raised, 0)
      end
   end)
   return self
end

return guard
