-- The texts of a build of before against those of this one, by their digests. Where they are meant to change:
-- SPEC_RECORD=1 make specs-now specs=spec/pretty/outputs_spec.lua

local outputs = require "spec.support.outputs"
local world = require "spec.support.world"

local RECORDED = "spec/pretty/outputs.sha256"

-- What random secrets have in them where somebody looks for it.
local MARK = os.getenv "SPEC_MARK" or ""

-- The lines of sha256sum, "DIGEST  NAME".
local function digests()
   local folder = world.shell("mktemp -d"):gsub("\n", "")
   for name, text in pairs(outputs()) do
      local file = assert(io.open(folder .. "/" .. name, "wb"))
      file:write((text:gsub("s3cr3t%-" .. MARK, "s3cr3t-")))
      file:close()
   end
   local lines = world.shell(("cd %s && LC_ALL=C sha256sum *"):format(folder))
   world.shell("rm -r " .. folder)
   return lines
end

local function by_name(lines)
   local found = {}
   for digest, name in lines:gmatch "(%x+)  (%S+)\n" do
      found[name] = digest
   end
   return found
end

describe("every text of astro.pretty", function()
   local now = digests()
   if os.getenv "SPEC_RECORD" then
      local file = assert(io.open(RECORDED, "w"))
      file:write(now)
      file:close()
   end

   it("is what it was, byte for byte", function()
      local recorded, changed = by_name(world.read(RECORDED)), {}
      for name, digest in pairs(by_name(now)) do
         changed[name] = digest ~= recorded[name] or nil
         recorded[name] = nil
      end
      assert.same({ changed = {}, gone = {} }, { changed = changed, gone = recorded })
   end)
end)
