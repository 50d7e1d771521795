--- A Deployment and a page of them as text, beside what else writes such.

local measure = require "spec.bench.measure"
local setting = require "spec.bench.setting"

local ENCODE = "cjson.encode"
local LISTED = 1000

-- What one text may cost, as a multiple of lua-cjson's. A literal has no peer, a card is far more than JSON: they are
-- to take a tenth and a fifth of what they took when strings were written character by character.
local AT_MOST = { { "json", 4 }, { "lua", 5.75 }, { "deployment", 16 } }

local function writing(subject)
   return function(count)
      return ("%s spec/bench/programs/pretty.lua %s %d"):format(setting.lua, subject.name, count)
   end
end

local function of_one(name, at_most, unit, rounds, figure)
   local title = ("astro.pretty.%s of a Deployment, %s"):format(
      name,
      unit == "µs" and "CPU" or "instructions"
   )
   local to_reach = { beside = ENCODE, at_most = at_most }
   return {
      parts = { { title = title, unit = unit, digits = 0, to_reach = to_reach } },
      subjects = { { name = "astro.pretty." .. name }, { name = ENCODE } },
      rounds = rounds,
      figure = figure,
   }
end

local function cpu(subject)
   local seconds = measure.cpu(writing(subject), 200, 2200)
   return seconds and seconds * 1e6
end

local function instructions(subject)
   local count = measure.instructions_a_turn(writing(subject), 20, 220)
   return count and count / 1000
end

-- A process that reads a page from a file and prints it.
local function of_page(page, what, at_most, peer, command, check)
   local form = "%s spec/bench/programs/page.lua %s %s"
   local title = ("A process that prints %d Deployments by astro.pretty.%s, CPU"):format(LISTED, what)
   local to_reach = { beside = peer, at_most = at_most }
   return {
      parts = { { title = title, unit = "ms", digits = 0, to_reach = to_reach } },
      subjects = {
         { name = "astro.pretty." .. what, command = form:format(setting.lua, page, what) },
         { name = peer, command = command .. " " .. page, check = check },
      },
      rounds = 7,
      figure = function(subject)
         local took = measure.run(subject.command)
         return took and took.cpu * 1000
      end,
   }
end

return function()
   local sections = {}
   for _, row in ipairs(AT_MOST) do
      sections[#sections + 1] = of_one(row[1], row[2], "µs", 5, cpu)
      sections[#sections + 1] = of_one(row[1], row[2], "thousand", 1, instructions)
      sections[#sections].missing = setting.missing "valgrind"
   end
   local page = setting.page(LISTED)
   sections[#sections + 1] = of_page(page, "json", 0.75, "jq .", "jq .", "command -v jq")
   local check = "command -v jq && command -v column"
   sections[#sections + 1] = of_page(page, "table", 0.6, "jq | column", "spec/bench/programs/table.sh", check)
   return sections
end
