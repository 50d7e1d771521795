local world = require "spec.support.world"
local core = require "astro.core"

local function fetch(base_url, options)
   options = options or {}
   options.base_url = base_url
   return core.get_deployment(nil, world.full, world.token(), options)
end

-- Where a state of its own is needed, a process of its own.
local function lines_of(program, arguments)
   local output, status =
      world.run("local core = require 'astro.core'\n" .. program, { arguments = arguments })
   assert.equal(0, status, output)
   local lines = {}
   for line in output:gmatch "[^\n]+" do
      lines[#lines + 1] = line
   end
   return lines
end

describe("a version that is gone", function()
   for host, status in pairs({ gone410 = "410", gone404 = "404" }) do
      it("falls back to v1 once, tells the log and remembers: " .. host, function()
         local program = [[
            local function fetch(version)
               local d, message = core.get_deployment(nil, arg[1], nil, { base_url = arg[2], api_version = version,
                  log = function(level, text) print(level, text) end })
               print(d and d.effectiveWorkloadIdentity ~= nil or message)
            end
            fetch() fetch() fetch "v1" fetch "v1beta1"
         ]]
         local lines = lines_of(program, world.full .. " " .. world.host(host .. ".localhost"))
         assert.same({
            "warn\tthe service answers " .. status .. " for API version v1beta1: using v1 from now on",
            "true",
            "true",
            "true",
         }, { lines[1], lines[2], lines[3], lines[4] })
         assert.equal(5, #lines)
         assert.matches("^GET deployment .*: " .. status .. " ", lines[5])
      end)
   end

   it("is told to stderr where ASTRO_LOG is set and no log is given", function()
      local program = "core.get_deployment(nil, arg[1], nil, { base_url = arg[2] })"
      local arguments = world.full .. " " .. world.host "gone410.localhost"
      assert.same({}, lines_of(program, arguments))
      for _, off in ipairs({ "off", "0", "None", "false", "error" }) do
         world.with_environment({ ASTRO_LOG = off }, function()
            assert.same({}, lines_of(program, arguments))
         end)
      end
      world.with_environment({ ASTRO_LOG = "debug" }, function()
         local lines = lines_of(program, arguments)
         assert.equal(1, #lines)
         assert.matches("^astro: warn: the service answers 410", lines[1])
      end)
   end)

   it("counts both requests", function()
      local program = [[
         local _, message, err = core.get_deployment(nil, "nobody", nil, { base_url = arg[1] })
         print(err.kind, err.attempts)
      ]]
      assert.same({ "not_found\t2" }, lines_of(program, world.host "gone410.localhost"))
   end)

   it("is not what the API's own 404 says", function()
      local _, _, err = core.get_deployment(nil, "nobody", world.token())
      assert.equal("not_found", err.kind)
      assert.equal(1, err.attempts)
      assert.is_string(assert(fetch(world.stand_in)).workloadIdentity)
   end)

   it("does not reach a base with a path", function()
      local _, _, err = fetch(world.host "gone410.localhost" .. "/platform/v1beta1")
      assert.equal(410, err.status)
      assert.equal(1, err.attempts)
   end)

   it("keeps to one base: another one is asked for itself", function()
      assert.is_string(assert(fetch(world.host "gone404.localhost")).effectiveWorkloadIdentity)
      assert.is_string(assert(fetch(world.stand_in)).workloadIdentity)
   end)

   it("is not learned from a path that only the caller knows", function()
      local program = [[
         local lines = {}
         local client = require("astro").client {
            base_url = arg[1],
            log = function(level, text)
               if level == "warn" then
                  lines[#lines + 1] = text
               end
            end,
         }
         client:request("GET", "/no/such/endpoint")
         print(#lines)
         client:get_deployment(arg[2])
         print(#lines)
      ]]
      local base = world.host "gone404.localhost"
      assert.equal("0\n1\n", (world.run(program, { arguments = base .. " " .. world.full })))
   end)
end)

describe("a notice of the service's own end", function()
   it("is told while there are few, each once, and no more are kept", function()
      local bases = {}
      for i = 1, 20 do
         bases[i] = world.answer("200 OK", "{}", ("Deprecation: notice %d\r\n"):format(i))
      end
      local program = [[
         for _ = 1, 2 do
            for _, base in ipairs(arg) do
               core.get_deployment("org", "id", "token", { base_url = base, log = function(_, text) print(text) end })
            end
         end
         local kept = 0
         for _ in pairs(debug.getregistry()["astro.core.told"]) do
            kept = kept + 1
         end
         print(kept)
      ]]
      local lines = lines_of(program, table.concat(bases, " "))
      assert.same({ 9, "8" }, { #lines, lines[9] })
      assert.equal("the service says: Deprecation: notice 1", lines[1])
   end)
end)
