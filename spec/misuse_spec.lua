local misuse = require "astro.api.misuse"
local world = require "spec.support.world"

-- Runs a program for which every Lua module of the library is made anew: by `made`, from its text and name.
local function with_modules(made)
   return (
      world.run(([[
      local load_text = loadstring or load
      %s
      for path in io.popen("find lua -name '*.lua'"):lines() do
         local name = path:match "^lua/(.*)%%.lua$":gsub("/", ".")
         package.preload[name] = function()
            return assert(load_text(made(io.open(path):read "*a", name)))(name)
         end
      end
      local astro = require "astro"
      print(select(2, pcall(function()
         astro.filter.get({}, "a[")
      end)))
      print(select(2, pcall(astro.client, { timeot = 1 })))
   ]]):format(made))
   )
end

describe("misuse", function()
   it("is raised where the nearest code stands that is not the library's", function()
      local function caller()
         misuse.raise "wrong"
      end
      local ok, message = pcall(caller)
      assert.is_false(ok)
      assert.matches("^[^\n]*misuse_spec.lua:%d+: wrong$", message)
   end)

   it("keeps the message where there is none", function()
      local _, message = pcall(misuse.raise, "wrong")
      assert.matches("wrong$", message)
   end)

   it("gives what a check gives, and positions what it raises", function()
      assert.same({ 1, nil, 3 }, { misuse.check(function()
         return 1, nil, 3
      end) })
      local _, message = pcall(function()
         misuse.check(error, "bad", 0)
      end)
      assert.matches("^[^\n]*misuse_spec.lua:%d+: bad$", message)
   end)

   it("is positioned at the caller's where the library was stripped", function()
      local output = with_modules [[
         local function made(text, name)
            return string.dump(assert(load_text(text, "=" .. name)), true), "=" .. name
         end
      ]]
      assert.matches("^%S+:%d+: bad path 'a%[' to 'get' [^\n]*\n%S+:%d+: bad option to ", output)
   end)

   it("has no position where nothing tells the library from its caller", function()
      local output = with_modules [[
         local function made(text)
            return text, "@" .. arg[0]
         end
      ]]
      assert.matches("^bad path 'a%[' to 'get' [^\n]*\nbad option to ", output)
   end)

   it("repeats nothing that acts on a terminal", function()
      local _, message = pcall(misuse.raise, "bad path 'a\27[2J\n\194\155x日本' to 'get'")
      assert.matches(": bad path 'a%?%[2J%??%?x日本' to 'get'$", message)
      assert.is_nil(message:find "%c")
      _, message =
         pcall(misuse.raise, "<\226\128\174\226\128\168\226\129\166\216\156\226\128\142\226\128\147>")
      assert.matches("<%?%?%?%?%?\226\128\147>$", message)
   end)

   it("is positioned once, at the caller's, by every helper", function()
      local astro = require "astro"
      local filter, pretty, time, one = astro.filter, astro.pretty, astro.time, { name = "x" }
      for i, wrong in ipairs({
         { filter.get },
         { filter.get, one, "nme" },
         { filter.pick, one, { "a[" } },
         { filter.pick, one },
         { filter.where },
         { filter.where, { one } },
         { filter.where, { one }, { status = "HEALTY" } },
         { filter.where, { one }, { status = { x = 1 } } },
         { filter.sort_by, { one } },
         { filter.sort_by, { one }, "name:up" },
         { filter.sort_by, { 5 }, "name" },
         { filter.group_by },
         { filter.count_by, { one }, {} },
         { pretty.deployment },
         { pretty.deployment, { name = print } },
         { pretty.deployment, one, { base_url = "x" } },
         { pretty.table, one },
         { pretty.table, { one }, { columns = { "a[" } } },
         { pretty.json, print },
         { pretty.lua, print },
         { pretty.diff, one },
         { pretty.diff, one, { name = print } },
         { time.parse, 5 },
         { time.text },
         { time.ago, "x" },
         { astro.urls },
         { astro.check },
         { astro.array },
         {
            function()
               return astro.enums.status.HEALTY
            end,
         },
      }) do
         local ok, message = pcall(function()
            wrong[1](wrong[2], wrong[3], wrong[4])
         end)
         assert.is_false(ok)
         local _, positions = message:gsub("%.lua:%d+:", "")
         assert.equal(1, positions, message)
         assert.matches(
            "^[^\n]*misuse_spec.lua:%d+: bad [^\n]+$",
            message,
            1,
            false,
            ("%d: %s"):format(i, message)
         )
      end
   end)
end)
