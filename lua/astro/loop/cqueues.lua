--- cqueues. Source: https://25thandclement.com/~william/projects/cqueues.html

local condition = require "cqueues.condition"
local cqueues = require "cqueues"
local misuse = require "astro.api.misuse"
local values_of = require "astro.loop.values"

local loop = {}

local conditions = setmetatable({}, { __mode = "k" })

---Runs functions side by side, in a controller of its own, until each has ended. What one of them raises passes, and
---ends the others.
---@param ... fun(): any ...
---@return any ... values what `f(), g()` would give: the first value of each, all of the last
function loop.run(...)
   local functions, values = values_of(...)
   local controller = cqueues.new()
   for _, f in ipairs(functions) do
      controller:wrap(f)
   end
   local ok, message = controller:loop()
   if not ok then
      error(message, 0)
   end
   return values()
end

---Waits as `astro.Loop` says. A coroutine that the client itself wakes wakes the others that wait for it: it may take
---what they wait for.
---@param pollable astro.Pollable
function loop.wait(pollable)
   local others = conditions[pollable] or condition.new()
   conditions[pollable] = others
   if cqueues.poll(pollable, others) ~= others then
      others:signal()
   end
end

---Raises on what is no number.
---@param seconds number
function loop.sleep(seconds)
   misuse.expect(seconds, "number", "seconds", "sleep")
   cqueues.sleep(seconds)
end

---Tells controllers that the descriptor is going to be closed; else they go on asking the kernel about it.
---@param pollable astro.Pollable
function loop.forget(pollable)
   if pollable:pollfd() then -- there is none if nobody ever waited
      cqueues.cancel(pollable)
   end
end

return loop
