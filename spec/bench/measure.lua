--- What a command costs, measured from outside.

local measure = {}

---What a shell command prints; nil where it fails.
---@return string?
function measure.output(command)
   local pipe = assert(io.popen(command))
   local text = pipe:read "*a"
   local ok = pipe:close() -- on Lua 5.1 true in any case
   return ok and text ~= "" and text or nil
end

---The numbers that a shell command prints; nil where it fails.
---@return number[]?
function measure.numbers(command)
   local numbers = {}
   for number in (measure.output(command) or ""):gmatch "%S+" do
      numbers[#numbers + 1] = tonumber(number)
   end
   return numbers[1] and numbers or nil
end

---What one run takes: `first` (seconds until the first byte on stdout), `cpu` (seconds), `memory` (KiB at most).
---@param setting? string what stands before the command: variables, a command that runs commands
---@return { first: number, cpu: number, memory: number }?
function measure.run(command, setting)
   local numbers =
      measure.numbers(("%s '%s/meter' %s"):format(setting or "", os.getenv "BENCH_BUILD", command))
   return numbers and { first = numbers[1], cpu = numbers[3], memory = numbers[4] }
end

-- What each further turn of a command adds, by a run with few turns and one with many.
local function slope(of, few, many)
   local less = of(few)
   local more = less and of(many)
   return more and (more - less) / (many - few)
end

---Seconds of CPU a turn.
---@param command_of fun(count: integer): string
function measure.cpu(command_of, few, many, setting)
   return slope(function(count)
      local took = measure.run(command_of(count), setting)
      return took and took.cpu
   end, few, many)
end

---Instructions of one run, by callgrind.
function measure.instructions(command, setting)
   local callgrind = "valgrind --tool=callgrind --callgrind-out-file=/dev/null "
   local said = measure.output(("%s %s%s 2>&1"):format(setting or "", callgrind, command))
   return tonumber((said or ""):match "Collected : (%d+)")
end

---Instructions a turn.
---@param command_of fun(count: integer): string
---@param setting? string variables for it
function measure.instructions_a_turn(command_of, few, many, setting)
   return slope(function(count)
      return measure.instructions(command_of(count), setting)
   end, few, many)
end

---System calls a turn, by strace.
---@param command_of fun(count: integer): string
function measure.system_calls_a_turn(command_of, few, many)
   return slope(function(count)
      local said = measure.output(("strace -f -qq %s 2>&1 >/dev/null | wc -l"):format(command_of(count)))
      return tonumber(said)
   end, few, many)
end

return measure
