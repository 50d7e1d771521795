local comma = require "spec.support.comma"
local world = require "spec.support.world"

-- What is made of values, on paper: nothing of it may be another text in another locale.
local PROGRAM = [[
   local when = %q
   local function set()
      assert(os.setlocale(%q))
   end
   if when == "before" then
      set()
   end
   local astro, core = require "astro", require "astro.core"
   local filter, pretty, time = astro.filter, astro.pretty, astro.time
   if when == "after" then
      set()
   end

   local one = core.decode('{"id":"i","name":"à","description":"größe' .. (" à"):rep(60) ..
      ' la\\nb",' ..
      '"\195\150dsGr\195\150\195\159e":"Ö","b":1.5,"a":1e-7,' ..
      '"nested":{"b":12.75,"a":0.1},"astroRuntimeVersion":"12.6.0","isHighAvailability":true,' ..
      '"scalingSpec":{"hibernationSpec":{"schedules":[{"hibernateAtCron":"0 9 * * FRI"}]}},' ..
      '"workerQueues":[{"name":"a","podCpu":"0.5"},{"name":"b","podCpu":"250m"}],' ..
      '"webServerUrl":"a.example.com/größe","updatedAt":"2026-03-01T09:30:00.25Z"}')
   print(pretty.json(one))
   print(pretty.lua(one))
   print(pretty.deployment(one, { now = 1772452800.5 }))
   print(pretty.table({ one }, { columns = { "ÖdsGrÖße", "b", "nested.b", "name" } }))
   print(pretty.diff(one, { b = 2.5, nested = { b = 1.5 } }))
   local queues = one.workerQueues
   for _, by in ipairs({ "name", "podCpu" }) do
      for _, list in ipairs({ queues, { queues[2], queues[1] } }) do
         print(by, filter.sort_by({ { workerQueues = { list[1] } }, { workerQueues = { list[2] } } },
            ("workerQueues[1].%%s"):format(by))[1].workerQueues[1].name)
      end
   end
   print(filter.get({ l = { { x = 1.5, y = 2 } } }, "l[x=1.5].y"), filter.get({ ["größe à"] = 3 }, "größe à"))
   -- Latin-1, whose letters are letters there.
   print(pretty.lua({ ["gr\246\223e"] = 1 }), astro.urls({ uiUrl = "a.example.com/gr\246\223e" }).airflow)
   print(astro.urls(one).airflow, time.ago(1.5, 200.25), time.text(1.5),
      select(2, time.parse "2026-03-01T09:30:00.25Z") == 0.25)
   for _, departure in ipairs(astro.check(one)) do
      print(departure.path)
   end
   print(pcall(filter.get, one, "a[\27\n"))
   print(pcall(filter.get, one, "createdBt")) -- as near to createdAt as to createdBy
   print(pcall(function()
      return astro.enums.typtus -- status, type
   end))
   print(require("astro.client.head").read("HTTP/1.1 200 OK\r\nX-\160: 1\r\n")["x-\160"])
   print(pcall(core.check_options, { headers = { AUTHORIZATION = "x" } }, "f"))
   print(pcall(astro.client, { timeout = 0.0001 }))
   print(pcall(astro.client, { rate = 0.0005 }))
   local client = astro.client({ token = "t", organization = "o" })
   print(pcall(client.wait_for, client, "id", { interval = 0 }))
   print(require("astro.client.path").query({ b = 0.5, a = "à" }))
]]

describe("nothing that is read or written depends on the locale", function()
   local folder

   setup(function()
      folder = comma.folder()
   end)

   teardown(function()
      world.shell("rm -r " .. folder)
   end)

   local function output(when)
      return comma.run(folder, PROGRAM:format(when, comma.name)):gsub("/%S+:(%d+:)", "%1")
   end

   for _, when in ipairs({ "before", "after" }) do
      it("set " .. when .. " the library is loaded", function()
         local wanted = output "never"
         assert.matches('"b": 1.5', wanted, 1, true)
         assert.equal(wanted, (output(when)))
      end)
   end
end)
