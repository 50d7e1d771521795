--- cqueues, https://25thandclement.com/~william/projects/cqueues.html

local condition = require "cqueues.condition"
local cqueues = require "cqueues"
local misuse = require "astro.api.misuse"

local loop = {}

local conditions = setmetatable({}, { __mode = "k" })

---Runs functions side by side, in a controller of its own, until each has ended. What one of them raises passes, and ends the others.
---@param ... fun()
function loop.run(...)
   misuse.expect_functions("run", ...)
   local controller = cqueues.new()
   for i = 1, select("#", ...) do
      controller:wrap((select(i, ...)))
   end
   local ok, message = controller:loop()
   if not ok then
      error(message, 0)
   end
end

---Whoever is woken by the client itself wakes the others that wait for it: it may take what they wait for.
---@param pollable astro.Pollable
function loop.wait(pollable)
   local others = conditions[pollable] or condition.new()
   conditions[pollable] = others
   if cqueues.poll(pollable, others) ~= others then
      others:signal()
   end
end

---@param seconds number
function loop.sleep(seconds)
   misuse.expect(seconds, "number", "seconds", "sleep")
   cqueues.sleep(seconds)
end

---A controller goes on asking the kernel about a descriptor that was closed unannounced.
---@param pollable astro.Pollable
function loop.forget(pollable)
   if pollable:pollfd() then -- there is none where nobody ever waited
      cqueues.cancel(pollable)
   end
end

return loop
