--- What was measured, as text for a terminal or as Markdown.

local measure = require "spec.bench.measure"

local report = {}

local function columns_of(text)
   return select(2, text:gsub("[^\128-\191]", ""))
end

local function left(text, width)
   return text .. (" "):rep(width - columns_of(text))
end

local function right(text, width)
   return (" "):rep(width - columns_of(text)) .. text
end

local function said_of(line)
   return line.is_met and "met" or "not met"
end

local function ratio_text(number)
   return (number < 0.1 and "%.3f" or "%.2f"):format(number)
end

local function target_text(line)
   return (line.ratio and "≤ %.2f" or "≤ %g"):format(line.target)
end

-- One line of a table: a name, a figure, the three numbers of a ratio, a target and what follows it.
local function line_of(name, value, min, median, max, target)
   local text = ("  %s%s%s%s%s%s"):format(
      left(name, 27),
      right(value, 12),
      right(min or "", 12),
      right(median or "", 8),
      right(max or "", 8),
      right(target or "", 10)
   )
   return (text:gsub(" +$", ""))
end

local function text_of(line, digits)
   local value = line.value and ("%%.%df"):format(digits):format(line.value) or line.note
   local ratio = line.ratio
   local text = line_of(
      line.name,
      value,
      ratio and ratio_text(ratio.min),
      ratio and ratio_text(ratio.median),
      ratio and ratio_text(ratio.max),
      line.target and target_text(line)
   )
   return line.target and text .. "  " .. said_of(line) or text
end

---A table of one result: a line for each that was measured, ours first, with ours ÷ theirs.
---@param result bench.Result
function report.text(result)
   local part = result.part
   if result.missing then
      return ("%s\n  skipped: %s\n"):format(part.title, result.missing)
   end
   local to_reach = part.to_reach and "to reach" or ""
   local lines = { part.title, line_of("", part.unit, "ratio min", "median", "max", to_reach) }
   if not result.lines[2] then
      lines[2] = line_of("", part.unit, "", "", "", to_reach)
   end
   for _, line in ipairs(result.lines) do
      lines[#lines + 1] = text_of(line, part.digits)
   end
   return table.concat(lines, "\n") .. "\n"
end

report.markdown_head = "| what | lua-astro | beside | ratio (spread) | to reach |\n|---|---|---|---|---|\n"

---One line of a Markdown table: ours and what it is to be measured by. Empty where nothing is to be reached.
---@param result bench.Result
function report.markdown(result)
   local part, ours = result.part, result.lines[1]
   for _, line in ipairs(part.to_reach and result.lines or {}) do
      if line.target then
         local form = ("%%.%df %s"):format(part.digits, part.unit)
         local ratio = line.ratio
         return ("| %s | %s | %s | %s | %s: %s |\n"):format(
            part.title,
            form:format(ours.value),
            ratio and ("%s: %s"):format(line.name, form:format(line.value)) or "",
            ratio and ("%.2f (%.2f to %.2f)"):format(ratio.median, ratio.min, ratio.max) or "",
            target_text(line),
            said_of(line)
         )
      end
   end
   return ""
end

---When and with what this was measured.
function report.setting()
   local output = measure.output
   local lua = output(os.getenv "LUA" .. " -v 2>&1"):match "^%S+ %S+"
   local curl = (output "curl --version" or ""):match "libcurl/%S+ %S+" or "libcurl"
   local nginx = output("PATH=$PATH:/usr/sbin nginx -v 2>&1"):match "nginx/%S+"
   local cjson =
      output(os.getenv "LUA" .. [[ -e 'print("lua-cjson " .. require("cjson")._VERSION)']]):match "^[^\n]+"
   local cores = (output "getconf _NPROCESSORS_ONLN" or "?"):match "^%S+"
   local processor = output "sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1"
      or "an unknown processor"
   local load = (output "cat /proc/loadavg" or ""):match "^%S+" or "?"
   return ("%s. %s, %s, %s, %s; %s, %s cores; load before: %s."):format(
      os.date "!%d %B %Y",
      lua,
      cjson,
      curl,
      nginx,
      processor:match "^(.-)%s*$",
      cores,
      load
   )
end

return report
