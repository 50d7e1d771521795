--- Reads paths into a Deployment, such as `workerQueues[name=default].podCpu`.

local misuse = require "astro.api.misuse"

---One step of a path: into a field, to an item by number (from the end where it is negative), to the first
---item whose field has a value, or to every item.
---@alias astro.Step { name: string }|{ index: integer }|{ key: string, value: string }|{ every: true }

---@class astro.Steps
---@field [integer] astro.Step
---@field last_star? integer the last step to every item

-- A name and where it ends, or what should have stood there. Forms of other path languages ("$.status",
-- "workerQueues.1", "workerQueues.*") are refused: as names they would not be found.
local function read_name(text, at, closing)
   local name, after = text:match("^([^%.%[%]=]+)()", at)
   if not name or name:find "[$*:?@\"']" or name:find "^ " or name:find " $" then
      return nil, nil, "a name"
   elseif name:find "^%d+$" then
      return nil, nil, ("'[%s]'"):format(name)
   elseif (text:sub(after, after) == "=") ~= (closing == "=") then
      return nil, nil, "a name"
   end
   return name, after
end

-- A value to compare with, in quotes of either kind or without.
local function read_value(text, at)
   local quote, value, after = text:match("^(['\"])(.-)%1()", at)
   if not quote then
      value, after = text:match("^([^%]]*)()", at)
   end
   if not quote and (value:find "^[= '\"]" or value:find " $") then
      return nil, nil, "a value, in quotes where it begins or ends with a blank,"
   end
   return value, after
end

-- The step behind a '[' and where it ends, or what should have stood there and where.
local function read_bracket(text, at)
   local number, after = text:match("^(%-?%d+)()", at)
   if number then
      local index = tonumber(number)
      return index ~= 0 and { index = index }, after, "a number other than 0", at
   end
   after = text:match("^%*()", at)
   if after then
      return { every = true }, after
   end
   local key, equals = read_name(text, at, "=")
   if not key then
      return nil, nil, "a number, '*' or 'key=value'", at
   end
   local value, behind, what = read_value(text, equals + 1)
   return value and { key = key, value = value }, behind, what, equals + 1
end

---Reads a path: names separated by dots, each perhaps with `[1]`, `[-1]`, `[key=value]` or `[*]` behind it. Raises on
---anything else, and points at the place.
---@param text string
---@param to string the function that was given it
---@return astro.Steps
local function read(text, to)
   if type(text) ~= "string" then
      misuse.raise(("bad argument 'path' to '%s' (a string expected, got %s)"):format(to, type(text)))
   end
   local steps, at = {}, 1
   local function expect(found, what, where)
      if not found then
         misuse.raise(("bad path '%s' to '%s' (%s expected at %d)"):format(text, to, what, where or at))
      end
   end
   repeat
      local name, after, wanted = read_name(text, at)
      expect(name, wanted)
      steps[#steps + 1], at = { name = name }, after
      while text:sub(at, at) == "[" do
         at = at + 1
         local step, behind, what, where = read_bracket(text, at)
         expect(step, what, where)
         steps[#steps + 1], at = step, behind
         steps.last_star = step.every and #steps or steps.last_star
         expect(text:sub(at, at) == "]", "']'")
         at = at + 1
      end
      local is_over = at > #text
      expect(is_over or text:sub(at, at) == ".", "'.' or '['")
      at = at + 1
   until is_over
   return steps
end

return read
