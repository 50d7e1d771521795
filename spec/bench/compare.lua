--- Measures a section: ours, another, ours, another, ... so that whatever slows the machine meets both.

local compare = {}

---@class bench.Section
---@field parts bench.Part[] what a figure consists of
---@field subjects bench.Subject[] ours first; the others are measured in turn with it
---@field figure fun(subject: bench.Subject): number?, ... one number for each part; nil where it cannot be had
---@field rounds integer
---@field missing? string why nothing can be measured

---@class bench.Part
---@field title string
---@field unit string
---@field digits integer
---@field to_reach? { at_most: number, beside?: string } for the figure, or for its ratio to that of a subject

---@class bench.Subject
---@field name string
---@field check? string a shell command that fails where it is not there
---@field all? boolean only with ALL=1
---@field rounds? integer in place of the section's

---@class bench.Result one for each part of a section
---@field part bench.Part
---@field lines { name: string, value?: number, ratio?: bench.Spread, note?: string }[]

---@class bench.Spread
---@field median number
---@field min number
---@field max number

---@return bench.Spread
local function spread(values)
   table.sort(values)
   local middle = (#values + 1) / 2
   local median = (values[math.floor(middle)] + values[math.ceil(middle)]) / 2
   return { median = median, min = values[1], max = values[#values] }
end

local function is_there(subject)
   if not subject.check then
      return true
   end
   local found = os.execute(("{ %s; } >/dev/null 2>&1"):format(subject.check))
   return found == true or found == 0
end

-- Figures of ours and of another, in turn: two lists with a list of the parts' numbers each. Nil where one fails.
local function alternate(section, ours, other)
   local of_ours, of_other = {}, {}
   for round = 1, other and other.rounds or section.rounds do
      of_ours[round] = { section.figure(ours) }
      of_other[round] = other and { section.figure(other) }
      if not of_ours[round][1] or (other and not of_other[round][1]) then
         return nil
      end
   end
   return of_ours, of_other
end

local function column(rounds, i)
   local values = {}
   for round, numbers in ipairs(rounds) do
      values[round] = numbers[i]
   end
   return values
end

local function ratios(of_ours, of_other, i)
   local values = {}
   for round, numbers in ipairs(of_ours) do
      values[round] = numbers[i] / of_other[round][i]
   end
   return spread(values)
end

-- Adds a line for `other` to each part; what was measured of ours meanwhile is gathered in `pool`.
local function add(section, results, pool, other)
   local of_ours, of_other
   if is_there(other) then
      of_ours, of_other = alternate(section, section.subjects[1], other)
   end
   for i, result in ipairs(results) do
      local line = { name = other.name }
      if of_ours then
         line.value = spread(column(of_other, i)).median
         line.ratio = ratios(of_ours, of_other, i)
      else
         line.note = is_there(other) and "failed" or "not installed"
      end
      result.lines[#result.lines + 1] = line
   end
   for _, numbers in ipairs(of_ours or {}) do
      pool[#pool + 1] = numbers
   end
end

-- Whether the section's target is met, once its lines are there.
local function judge(result)
   local target = result.part.to_reach
   for _, line in ipairs(target and result.lines or {}) do
      local value = line.ratio and line.ratio.median or line.value
      if line.name == (target.beside or result.lines[1].name) and value then
         line.target, line.is_met = target.at_most, value <= target.at_most
      end
   end
end

---@param section bench.Section
---@param wanted fun(subject: bench.Subject, section: bench.Section): boolean
---@param note fun(text: string) is told what is under way
---@return bench.Result[]
function compare.run(section, wanted, note)
   local results = {}
   note(section.parts[1].title .. (section.missing and ": " .. section.missing or ""))
   for i, part in ipairs(section.parts) do
      results[i] = { part = part, lines = {}, missing = section.missing }
   end
   if section.missing then
      return results
   end
   local ours, pool = section.subjects[1], {}
   for _, result in ipairs(results) do
      result.lines[1] = { name = ours.name }
   end
   for i = 2, #section.subjects do
      if wanted(section.subjects[i], section) then
         note("  " .. section.subjects[i].name)
         add(section, results, pool, section.subjects[i])
      end
   end
   if #pool == 0 then
      pool = alternate(section, ours) or {}
   end
   for i, result in ipairs(results) do
      result.lines[1].value = pool[1] and spread(column(pool, i)).median
      result.lines[1].note = not pool[1] and "failed" or nil
      judge(result)
   end
   return results
end

return compare
