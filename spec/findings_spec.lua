-- That the list of the findings and the findings agree. What they say is shown by running them.

local world = require "spec.support.world"

local function names()
   local list = {}
   for path in io.popen("ls findings/*-*.sh"):lines() do
      list[#list + 1] = path:match "([^/]+)%.sh$"
   end
   return list
end

describe("findings", function()
   local list = world.read "findings/README.md"
   local rows = {}
   for name, rest in list:gmatch "\n| `([^`]+)` |([^\n]+)" do
      rows[name] = rest
   end

   for _, name in ipairs(names()) do
      it("says what it is about: " .. name, function()
         local top = world.read("findings/" .. name .. ".sh"):match "^#!/bin/sh\n(.-)\n[^#]"
         for _, part in ipairs({ "One expects:", "Happens:", "Who meets it:", "Versions:", "Seen", "  %S" }) do
            assert.matches("\n# " .. part, top)
         end
         assert.is_string(rows[name])
         rows[name] = nil
      end)
   end

   it("are all there that the list names", function()
      assert.same({}, rows)
   end)

   it("are acted upon in files that there are", function()
      for path in list:gmatch "`(%l+/[%w_/]+%.%l+)`" do
         assert.is_string(world.read(path), path)
      end
   end)

   it("name no mirror", function()
      for _, name in ipairs(names()) do
         for host in world.read("findings/" .. name .. ".sh"):gmatch 'https?://([^/:%s"]+)' do
            assert.is_truthy(host == "127.0.0.1" or host:find "%.invalid$" or host:find "^api%.example", host)
         end
      end
   end)
end)
