-- What a terminal shows of tables and cards by themselves, at the widths that people have, as texts to be read: screens/.
-- Where they are meant to change: SPEC_RECORD=1 make specs-now specs=spec/pretty/screen_spec.lua

local documents = require "spec.support.documents"
local pretty = require "astro.pretty"
local terminal = require "spec.support.terminal"
local world = require "spec.support.world"

local RECORDED = "spec/pretty/screens/%d.txt"
local NOW = 1772452800

local function deployments()
   local list = {}
   for _, one in ipairs(documents.fixtures()) do
      list[#list + 1] = one.version == "v1" and one.deployment or nil
   end
   list[1].name = "日本語のデプロイメント、毎時の注文とその集計"
   list[3].name = "re\204\129sume\204\129 e\27[31mvening, and what a long name has more"
   return list
end

local function deploy(day, fields)
   local made = {
      id = "cmdpl0deploy0000000000000" .. day,
      type = "IMAGE_AND_DAG",
      status = "DEPLOYED",
      createdAt = ("2026-11-2%dT10:00:00Z"):format(day),
      took = 48.5 * day,
      imageTag = ("deploy-2026-11-2%dT09-30"):format(day),
      git = { commitSha = "0123456789ab", authorName = "Änna Müller" },
      createdBySubject = { fullName = "ci, nightly" },
   }
   for name, value in pairs(fields) do
      made[name] = value
   end
   return made
end

local DEPLOYS = {
   deploy(3, { status = "FAILED" }),
   deploy(2, { runs = true, type = "IMAGE_ONLY", rollbackFromId = "cmdpl0deploy00000000000001" }),
   deploy(1, {}),
}

-- Prints three pictures that fit.
local function program(list)
   local text = [[
      local pretty = require "astro.pretty"
      local list, deploys = %s, %s
      print(pretty.table(list, { width = "auto", color = "auto" }))
      print("\n" .. pretty.history(deploys, { width = "auto", color = "auto" }))
      print("\n" .. pretty.deployment(list[2], { now = %d, width = "auto", color = "auto" }))
   ]]
   local parts = { pretty.lua(list), pretty.lua(DEPLOYS), NOW }
   return (text:gsub("%%[sd]", function()
      return tostring(table.remove(parts, 1))
   end))
end

describe("by itself, on a terminal of", function()
   local list = deployments()
   local command = terminal.command(program(list))

   for _, columns in ipairs({ 40, 60, 80, 120 }) do
      it(columns .. " columns, what is printed fits", function()
         local text, path = terminal.shown(columns, command), RECORDED:format(columns)
         if os.getenv "SPEC_RECORD" then
            world.put(path, text .. "\n")
         end
         assert.equal(world.read(path), text .. "\n")
      end)
   end

   it("any, nothing is shortened that goes into a pipe", function()
      local whole = { pretty.table(list), pretty.history(DEPLOYS), pretty.deployment(list[2], { now = NOW }) }
      local path = world.write("piped", "")
      terminal.shown(40, ("%s | cat >%s"):format(command, path))
      assert.equal(table.concat(whole, "\n\n") .. "\n", world.read(path))
   end)
end)
