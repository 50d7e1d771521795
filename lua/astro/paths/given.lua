--- The paths that one call was given. A name that is close to a known one is doubted until an item has it: if none
--- has, the known one was meant.

local bytewise = require "astro.api.bytewise"
local locate = require "astro.paths.locate"
local misuse = require "astro.api.misuse"
local read = require "astro.paths.read"
local shape = require "astro.api.shape"

---@class astro.Paths
---@field to string the function that was called
---@field doubts { steps: astro.Steps, problem: string }[] what leads to a name that may be a slip
local Paths = {}
Paths.__index = Paths

---@param to string the function that was called
---@return astro.Paths
function Paths.new(to)
   return setmetatable({ to = to, doubts = {} }, Paths)
end

local function meant_by(name, object)
   if shape.is_name[name] then
      return nil
   end
   local names = {}
   for known in pairs(object.by_name) do
      names[#names + 1] = known
   end
   table.sort(names, bytewise)
   return misuse.meant(name, names)
end

-- The steps up to one of them; if that compares a field, to that field in any item.
local function steps_to(steps, last)
   local head = { (table.unpack or unpack)(steps, 1, last) }
   if steps[last].key then
      head[last], head[last + 1] = { every = true }, { name = steps[last].key }
   end
   for i, step in ipairs(head) do
      head.last_star = step.every and i or head.last_star
   end
   return head
end

---The steps of a path into a Deployment. Raises on a malformed one.
---@param text string
---@return astro.Steps
function Paths:read(text)
   local steps, object = read(text, self.to), shape.objects.Deployment
   for i, step in ipairs(steps) do
      local name = step.name or step.key
      local meant = name and object and meant_by(name, object)
      if meant then
         local problem = "bad path '%s' to '%s' (unknown name '%s'; did you mean '%s'?)"
         problem = problem:format(text, self.to, name, meant)
         table.insert(self.doubts, { steps = steps_to(steps, i), problem = problem })
      end
      local field = step.name and object and object.by_name[step.name]
      object = not step.name and object or field and shape.objects[field.type]
   end
   return steps
end

---Is to be called with each item.
---@param item any
function Paths:meet(item)
   for i = #self.doubts, 1, -1 do
      if #locate.all(item, self.doubts[i].steps) > 0 then
         table.remove(self.doubts, i)
      end
   end
end

---Is to be called after the last item. Raises if a name was a slip.
function Paths:finish()
   if self.doubts[1] then
      misuse.raise(self.doubts[1].problem)
   end
end

return Paths
