local world = require "spec.support.world"
local core = require "astro.core"
local schema = require "astro.schema"

local readme = world.read "README.md"

-- The rows of the table below a heading row, as the data would write them.
local function rows_below(heading)
   local start = assert(select(2, readme:find(heading .. "\n[|-]+\n")), heading)
   return readme:sub(start + 1):match "^(|.-\n)\n"
end

local function shown(value, name)
   if value == nil then
      return ""
   elseif type(value) == "number" then
      value = name == "max_body" and ("%d MiB"):format(value / 1024 ^ 2) or ("%g"):format(value)
   end
   return ("`%s`"):format(value)
end

local function all_options()
   local all = {}
   for _, rows in ipairs({ core.options, schema.options }) do
      for _, row in ipairs(rows) do
         all[#all + 1] = row
      end
   end
   return all
end

describe("README", function()
   local blocks = 0
   for code, printed in readme:gmatch "```lua\n(.-)```\n\n```text\n(.-)```" do
      blocks = blocks + 1

      it("prints what it says: block " .. blocks, function()
         local file = os.tmpname()
         world.shell(("printf ' file-token\\n' > %s"):format(file))
         world.with_environment({ TOKEN_FILE = file }, function()
            local output, status = world.run(code)
            assert.equal(printed, (output:gsub("/%S+:(%d+: )", "script.lua:%1")))
            assert.equal(0, status)
         end)
         os.remove(file)
      end)
   end

   it("has no Lua block without its output", function()
      local _, all = readme:gsub("```lua\n", "")
      assert.equal(all, blocks)
   end)

   it("shows code and what it prints before line 25", function()
      local before = readme:sub(1, (readme:find "HEALTHY\tdefault"))
      local _, lines = before:gsub("\n", "")
      assert.is_true(lines < 24)
   end)

   it("lists the error kinds", function()
      local rows = {}
      for _, kind in ipairs(core.kinds) do
         rows[#rows + 1] = ("| `%s` | %s |\n"):format(kind.name, kind.when)
      end
      assert.equal(table.concat(rows), rows_below "| `err.kind` | when |")
   end)

   it("lists the options", function()
      local rows = {}
      for _, option in ipairs(all_options()) do
         local default = shown(option.default, option.name)
         local variable = option.env and ("`%s`"):format(option.env) or ""
         rows[#rows + 1] = ("| `%s` | %s | %s | %s |\n"):format(option.name, default, variable, option.text)
      end
      assert.equal(table.concat(rows), rows_below "| option | default | variable | |")
   end)
end)
