--- The table that `make torture` prints: what was tried, how many times, what came out.
---
--- A part of it is a file of spec/torture/ that returns a function of a report. It has a long form, for
--- `make torture` (run.lua), and a short one of a few seconds, for `make test` (spec/torture_spec.lua).

local report = {}

local SHOWN = 20

---One line of the table.
---@class astro.torture.Row
local Row = {}
Row.__index = Row

---Counts one try.
---@param outcome string such as a kind of error
function Row:came(outcome)
   self.count = self.count + 1
   self.outcomes[outcome] = (self.outcomes[outcome] or 0) + 1
end

---Something broke: says what, and with what it can be had again. Not a try of its own.
---@param text string
function Row:finding(text)
   local findings = self.report.findings
   findings[#findings + 1] = ("%s: %s: %s"):format(self.report.part, self.tried, text)
   self.broken = self.broken + 1
end

---Counts one try, a finding where it did not come out as wanted.
---@param wanted string
---@param outcome string
---@param detail? string
function Row:expect(wanted, outcome, detail)
   self:came(outcome)
   if outcome ~= wanted then
      self:finding(("%s, not %s%s"):format(outcome, wanted, detail and " (" .. detail .. ")" or ""))
   end
end

local function outcomes_of(row)
   local list = {}
   for outcome, count in pairs(row.outcomes) do
      list[#list + 1] = ("%s %d"):format(outcome, count)
   end
   table.sort(list)
   if row.broken > 0 then
      list[#list + 1] = ("BROKEN %d"):format(row.broken)
   end
   return table.concat(list, ", ")
end

---@class astro.torture.Report
---@field part string
---@field is_long boolean
---@field findings string[]
local Report = {}
Report.__index = Report

---A report on one part.
---@param write? fun(line: string) takes each line of the table as it is complete
---@return astro.torture.Report
function report.new(part, is_long, write)
   local self = { part = part, is_long = is_long, write = write or function() end, findings = {} }
   return setmetatable(self, Report)
end

---One line: what is tried, in words, and the function that does. What it raises is a finding.
---@param tried string
---@param f fun(row: astro.torture.Row)
function Report:row(tried, f)
   local row = setmetatable({ report = self, tried = tried, count = 0, broken = 0, outcomes = {} }, Row)
   local start = os.time()
   local ok, message = xpcall(function()
      f(row)
   end, function(raised)
      return debug.traceback(tostring(raised))
   end)
   if not ok then
      row:finding(message)
   end
   local line = "%-8s %-58s %8d  %4d s  %s"
   self.write(line:format(self.part, tried, row.count, os.time() - start, outcomes_of(row)))
end

---Every finding in lines, the first ones where there are many; "" for none.
---@return string
function Report:complaints()
   local findings = self.findings
   local rest = #findings - SHOWN
   local shown = table.concat(findings, "\n", 1, math.min(#findings, SHOWN))
   return rest > 0 and ("%s\nand %d more"):format(shown, rest) or shown
end

return report
