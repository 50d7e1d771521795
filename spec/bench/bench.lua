-- The benchmark: rows on stdout, progress on stderr. Run it by `make bench`.
--   ROWS=cpu,decode  these rows alone      ALL=1  every peer      FORM=markdown  the short form, targets alone

local compare = require "spec.bench.compare"
local report = require "spec.bench.report"

local ROWS = {
   "cpu",
   "instructions",
   "system_calls",
   "many",
   "rate",
   "start",
   "decode",
   "memory",
   "pretty",
   "steady",
   "require",
   "growth",
   "at_once",
   "openresty",
}

local is_short = os.getenv "FORM" == "markdown"
local has_all = os.getenv "ALL" == "1"

local function chosen()
   local known, names = {}, {}
   for _, name in ipairs(ROWS) do
      known[name] = true
   end
   for name in (os.getenv "ROWS" or ""):gmatch "[^%s,]+" do
      if not known[name] then
         io.stderr:write(("no row '%s'; there are: %s\n"):format(name, table.concat(ROWS, ", ")))
         os.exit(2)
      end
      names[#names + 1] = name
   end
   return #names > 0 and names or ROWS
end

local function is_wanted(subject, section)
   if not is_short then
      return has_all or not subject.all
   end
   for _, part in ipairs(section.parts) do
      if part.to_reach and part.to_reach.beside == subject.name then
         return true
      end
   end
   return false
end

local function has_target(section)
   for _, part in ipairs(section.parts) do
      if part.to_reach then
         return true
      end
   end
   return false
end

local function progress(text)
   io.stderr:write(text, "\n")
end

math.randomseed(os.time())
local names = chosen()
local setting = report.setting()
if is_short then
   print(setting .. "\n\n" .. report.markdown_head:sub(1, -2))
else
   print(setting .. "\n" .. [[
nginx over TLS on loopback, 4 KB, not compressed; server and client on one core; `rate = false`; every Lua
program that loops keeps 1 MB alive. Ratios are ours ÷ theirs, of pairs measured in turn: less is better.
]])
end
for _, name in ipairs(names) do
   for _, section in ipairs(require("spec.bench.rows." .. name)()) do
      if not is_short or has_target(section) then
         for _, result in ipairs(compare.run(section, is_wanted, progress)) do
            io.write(is_short and report.markdown(result) or report.text(result) .. "\n")
            io.flush()
         end
      end
   end
end
