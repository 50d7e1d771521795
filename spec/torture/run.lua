-- Runs one part of the torture in its long form: run.lua PART. Exits with 1 where something broke.

local report = require "spec.torture.report"

local part = assert(arg[1], "run.lua PART")
local run = report.new(part, true, function(line)
   print(line)
   io.stdout:flush()
end)
require("spec.torture." .. part)(run)
if #run.findings > 0 then
   io.stderr:write(run:complaints(), "\n")
   os.exit(1)
end
