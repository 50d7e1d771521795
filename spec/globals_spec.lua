-- In a program where it is an error to read a global that is not there, or to make one: from C, too.

local world = require "spec.support.world"

local STRICT = [[
   for _, name in ipairs { "cjson", "luv", "cqueues", "cqueues.condition" } do
      pcall(require, name) -- what others read, they read before
   end
   local function refuse(_, name)
      error("no global is called " .. tostring(name), 2)
   end
   setmetatable(_G, { __index = refuse, __newindex = refuse })
   local cjson = require "cjson"
]]

local function run(program)
   return (world.run(STRICT .. program, { arguments = world.stand_in }))
end

local OF_NGINX_ALONE = { ["astro.loop.resty"] = true, ["astro.client.shared_rate"] = true }

describe("strict globals", function()
   it("are no hindrance to any module", function()
      local names = {}
      for path in io.popen("cd lua && find astro* -name '*.lua'"):lines() do
         local name = path:gsub("%.lua$", ""):gsub("/", ".")
         if not OF_NGINX_ALONE[name] then
            names[#names + 1] = name
         end
      end
      assert.is_true(#names > 40)
      local output = run(([[
         for _, name in ipairs(%s) do
            local ok, message = pcall(require, name)
            if not ok and message:find "no global" then
               print(name, message)
            end
         end
      ]]):format(world.literal(names, tostring)))
      assert.equal("", output)
   end)

   it("are none to calls and pictures", function()
      local output = run [[
         local astro, loop = require "astro", require "astro.loop.poll"
         local id = "cmdep0full0000000000000001"
         print(astro.get_deployment(nil, id).status)
         print(astro.pretty.deployment(astro.client():get_deployment(id), { color = "auto" }):match "%S+")
         print(astro.pretty.json({ cjson.null }, { indent = 0 }))
         if _VERSION ~= "Lua 5.1" then
            local client = astro.client { loop = loop }
            loop.run(function()
               print(client:get_deployment(id).status)
            end)
         else
            print(pcall(astro.client, { loop = loop }))
         end
      ]]
      assert.matches("^HEALTHY\nHourly\n%[null%]\n", output)
      assert.not_matches("no global", output)
   end)

   it("are none to the search for a decoder", function()
      local output = run [[
         package.loaded.cjson, package.preload.cjson = nil, function() error "not here" end
         print(pcall(require, "astro.core"))
      ]]
      assert.matches("astro needs lua%-cjson: [^\n]*not here", output)
   end)
end)
