--- What is measured. A row is a function that gives its sections, by name; ROWS picks among them.
---
---@class bench.Section
---@field parts { title: string, unit: string, digits: integer, to_reach?: bench.Target }[] what a figure consists of
---@field subjects bench.Subject[] ours first; the others are measured in turn with it
---@field figure fun(subject: bench.Subject): number?, ... one number for each part; nil where it cannot be had
---@field rounds integer
---@field missing? string why there is nothing to measure

---@class bench.Target
---@field at_most number for the figure, or for its ratio to that of the subject named in `beside`
---@field beside? string

---@class bench.Subject
---@field name string

local measure = require "spec.bench.measure"
local peers = require "spec.bench.peers"

local TOKEN = "bench-token-of-some-length"
local DEPLOYMENTS = "/platform/v1beta1/organizations/bench/deployments/"
local ID = "cmbench00000000000000000000"
local FLOOR = "libcurl + cjson"
local ROUND_TRIP = 0.05

local lua = os.getenv "LUA"
local dir, ca = os.getenv "BENCH_DIR", os.getenv "BENCH_CA"
local versions = { { "HTTP/1.1", os.getenv "BENCH_HTTP1" }, { "HTTP/2", os.getenv "BENCH_HTTP2" } }
local http2 = os.getenv "BENCH_HTTP2"

local function has(command)
   return measure.output(("command -v %s"):format(command)) ~= nil
end

local function peers_with(wanted)
   local some = {}
   for _, peer in ipairs(peers) do
      if wanted(peer) then
         some[#some + 1] = peer
      end
   end
   return some
end

-- What gives a command by the number of its fetches.
local function fetches(peer, server)
   return function(count)
      return ("%s %s%s%s '%s' %s %d"):format(peer.program, server, DEPLOYMENTS, ID, ca, TOKEN, count)
   end
end

local function beside_floor(at_most)
   return { beside = FLOOR, at_most = at_most }
end

local function of_each_version(section_of)
   local sections = {}
   for i, version in ipairs(versions) do
      local speaking = peers_with(function(peer)
         return version[1] == "HTTP/1.1" or peer.http2
      end)
      sections[i] = section_of(version[1], version[2], speaking)
   end
   return sections
end

local rows = { order = {} }

local function row(name, sections)
   rows.order[#rows.order + 1] = name
   rows[name] = sections
end

row("cpu", function()
   return of_each_version(function(version, server, speaking)
      return {
         parts = {
            { title = "CPU a warm fetch, " .. version, unit = "µs", digits = 1, to_reach = beside_floor(1.10) },
         },
         subjects = speaking,
         rounds = 5,
         figure = function(peer)
            local seconds = measure.cpu(fetches(peer, server), peer.many / 10, peer.many, peer.setting)
            return seconds and seconds * 1e6
         end,
      }
   end)
end)

row("instructions", function()
   return of_each_version(function(version, server)
      return {
         parts = {
            {
               title = "Instructions a warm fetch, " .. version,
               unit = "thousands",
               digits = 0,
               to_reach = beside_floor(1.10),
            },
         },
         subjects = peers_with(function(peer)
            return peer.name == "astro" or peer.name:find("libcurl", 1, true)
         end),
         rounds = 2,
         missing = not has "valgrind" and "no valgrind here" or nil,
         figure = function(peer)
            local count = measure.instructions_a_turn(fetches(peer, server), 20, 120)
            return count and count / 1000
         end,
      }
   end)
end)

row("many", function()
   local form = "%s %s spec/bench/delay.lua %d %g %s %s https://localhost:PORT%s %s %s 200"
   local port = tonumber(http2:match "%d+$")
   local free, pin = os.getenv "BENCH_FREE", os.getenv "BENCH_PIN"
   local title = "200 Deployments by single GETs, 50 ms round trip, HTTP/2: "
   return {
      {
         parts = {
            { title = title .. "cold", unit = "round trips", digits = 1, to_reach = { at_most = 3.8 } },
            { title = title .. "again, warm", unit = "round trips", digits = 1, to_reach = { at_most = 1.8 } },
            { title = title .. "connections", unit = "in all", digits = 0, to_reach = { at_most = 2 } },
         },
         subjects = peers_with(function(peer)
            return peer.many_program and (peer.name ~= 'io.popen "curl" + cjson' or os.getenv "ALL" == "1")
         end),
         rounds = 5,
         missing = not measure.output(lua .. [[ -e 'require "luv" print "yes"' 2>/dev/null]]) and "no luv here" or nil,
         figure = function(peer)
            local numbers = measure.numbers(
               form:format(free, lua, port, ROUND_TRIP, pin, peer.many_program, DEPLOYMENTS, ca, TOKEN)
            )
            if numbers and numbers[3] then
               return numbers[1] / ROUND_TRIP, numbers[2] / ROUND_TRIP, numbers[3]
            end
         end,
      },
   }
end)

-- Lays pages for a list of so many Deployments, once.
local laid = {}
local function lay(count)
   if not laid[count] then
      assert(os.execute(("%s spec/bench/pages.lua %s/pages/%d %d"):format(lua, dir, count, count)))
      laid[count] = true
   end
end

row("rate", function()
   lay(1000)
   return {
      {
         parts = {
            {
               title = "1000 Deployments at 25 GETs a second (single GETs: 40 by arithmetic)",
               unit = "s",
               digits = 2,
               to_reach = { at_most = 1 },
            },
         },
         subjects = { { name = "astro, get_deployments" } },
         rounds = 3,
         figure = function()
            -- A token each, so that no run pays for the one before.
            local token = ("bench-%d"):format(math.random(1e9))
            local form = "%s spec/bench/programs/by_rate.lua %s/limited/1000 %s %s 1000"
            local numbers = measure.numbers(form:format(lua, http2, ca, token))
            return numbers and numbers[1]
         end,
      },
   }
end)

-- The system's authorities and ours, as a bundle and as a hashed folder.
local function trust()
   local made = os.execute(([[
      cp -a /etc/ssl/certs '%s/certs' && cd '%s/certs' && test -s ca-certificates.crt &&
      cat ../ca.pem >>ca-certificates.crt && cp ../ca.pem bench.pem &&
      ln -s bench.pem "$(openssl x509 -hash -noout -in bench.pem).0"]]):format(dir, dir))
   return made == true or made == 0
end

-- Shows a command our copy as the system's, in a mount namespace of its own: the machine stays as it is.
local function shown_as_system()
   local form = [[unshare --mount --map-root-user sh -c 'mount --bind "%s/certs" /etc/ssl/certs && exec "$@"' sh ]]
   local setting = form:format(dir)
   local shown = measure.output(setting .. "cat /etc/ssl/certs/bench.pem 2>/dev/null")
   return shown and setting
end

local function curl(trusted, then_pick)
   local form = "curl --silent --fail %s -H 'Authorization: Bearer %s' -H 'Accept: application/json' %s%s%s"
   local command = form:format(trusted, TOKEN, http2, DEPLOYMENTS, ID)
   if not then_pick then
      return command
   end
   return ("sh -c '%s | jq --raw-output .status'"):format((command:gsub("'", '"')))
end

-- One fetch by each peer that is told to trust `given`; curl is told by its option.
local function starting(given, option, wanted)
   local subjects = {
      { name = "astro" },
      { name = "curl", command = curl(option), check = "command -v curl" },
      { name = "curl | jq", command = curl(option, true), check = "command -v jq" },
   }
   for _, peer in ipairs(peers_with(wanted)) do
      local form = "%s %s%s%s '%s' %s 1"
      local command = form:format(peer.program, http2, DEPLOYMENTS, ID, given, TOKEN)
      if peer.name == "astro" then
         subjects[1].command = command
      else
         subjects[#subjects + 1] =
            { name = peer.name, command = command, check = peer.check, setting = peer.setting, all = peer.all }
      end
   end
   return subjects
end

local function start_section(how, subjects, setting, to_reach)
   return {
      parts = { { title = "Process start to printed status, " .. how, unit = "ms", digits = 1, to_reach = to_reach } },
      subjects = subjects,
      rounds = 10,
      figure = function(subject)
         local took = measure.run(subject.command, (subject.setting or "") .. " " .. setting)
         return took and took.first * 1000
      end,
   }
end

local function is_ours(peer)
   return peer.name == "astro"
end

row("start", function()
   if not trust() then
      return { { parts = { { title = "Process start" } }, missing = "no /etc/ssl/certs/ca-certificates.crt here" } }
   end
   local setting = shown_as_system()
   local all = starting("", "", function(peer)
      return peer.starts
   end)
   local system = start_section("system trust store", all, setting or "", { beside = "curl", at_most = 0.55 })
   system.missing = not setting and "no mount namespace to be had here" or nil
   local bundle, folder = dir .. "/certs/ca-certificates.crt", dir .. "/certs/"
   return {
      system,
      start_section("given the bundle", starting(bundle, "--cacert " .. bundle, is_ours), ""),
      -- curl reads its bundle too unless it is given another.
      start_section(
         "given the hashed folder",
         starting(folder, ("--capath %s --cacert %s"):format(folder, ca), is_ours),
         ""
      ),
   }
end)

row("decode", function()
   local subjects = { { name = "astro.core.decode", whose = "astro" }, { name = "cjson.decode", whose = "cjson" } }
   local function decoding(subject)
      return function(count)
         return ("%s spec/bench/programs/decode.lua %s %d"):format(lua, subject.whose, count)
      end
   end
   local there = measure.output(lua .. [[ -e 'print(require("astro.core").decode and "yes" or "")']]) == "yes\n"
   local missing = not there and "astro.core has no decode" or nil
   local to_reach = { beside = "cjson.decode", at_most = 1.20 }
   return {
      {
         parts = { { title = "Decode alone, CPU", unit = "µs", digits = 2, to_reach = to_reach } },
         subjects = subjects,
         rounds = 7,
         missing = missing,
         figure = function(subject)
            local seconds = measure.cpu(decoding(subject), 1000, 21000)
            return seconds and seconds * 1e6
         end,
      },
      {
         parts = { { title = "Decode alone, instructions", unit = "thousands", digits = 1, to_reach = to_reach } },
         subjects = subjects,
         rounds = 1,
         missing = missing or not has "valgrind" and "no valgrind here" or nil,
         figure = function(subject)
            local count = measure.instructions_a_turn(decoding(subject), 20, 220)
            return count and count / 1000
         end,
      },
   }
end)

row("memory", function()
   return {
      {
         parts = {
            { title = "Peak memory over warm fetches, HTTP/2", unit = "MiB", digits = 1, to_reach = beside_floor(1.05) },
         },
         subjects = peers_with(function(peer)
            return peer.http2
         end),
         rounds = 3,
         figure = function(peer)
            local took = measure.run(fetches(peer, http2)(peer.many / 4), peer.setting)
            return took and took.memory / 1024
         end,
      },
   }
end)

-- What malloc and the kernel's counting leave in doubt.
local NO_GROWTH = 128

row("steady", function()
   local function section(title, count, kind)
      return {
         parts = { { title = title, unit = "KiB", digits = 0, to_reach = { at_most = NO_GROWTH } } },
         subjects = { { name = "astro" } },
         rounds = 1,
         figure = function()
            local form = "%s spec/bench/programs/steady.lua %s%s%s %s %s %d %s"
            local numbers = measure.numbers(form:format(lua, http2, DEPLOYMENTS, ID, ca, TOKEN, count, kind))
            return numbers and numbers[1]
         end,
      }
   end
   return {
      section("Memory growth over 100 000 warm fetches (none: less than 128)", 100000, "well"),
      section("Memory growth over 10 000 failing fetches (none: less than 128)", 10000, "failing"),
   }
end)

row("require", function()
   local both = "astro.core and cjson.safe"
   local subjects = {
      { name = "astro", command = lua .. [[ -e 'require "astro"']] },
      { name = both, command = lua .. [[ -e 'require "astro.core" require "cjson.safe"']] },
      { name = "nothing", command = lua .. " -e ''" },
   }
   local to_reach = { beside = both, at_most = 1.15 }
   return {
      {
         parts = { { title = "A process that requires, CPU", unit = "ms", digits = 2, to_reach = to_reach } },
         subjects = subjects,
         rounds = 15,
         figure = function(subject)
            local took = measure.run(subject.command)
            return took and took.cpu * 1000
         end,
      },
      {
         parts = {
            { title = "A process that requires, instructions", unit = "millions", digits = 2, to_reach = to_reach },
         },
         subjects = subjects,
         rounds = 1,
         missing = not has "valgrind" and "no valgrind here" or nil,
         figure = function(subject)
            local count = measure.instructions(subject.command)
            return count and count / 1e6
         end,
      },
   }
end)

row("growth", function()
   local counts = { 10000, 1000, 100, 10, 1 }
   local subjects = {}
   for i, count in ipairs(counts) do
      lay(count)
      subjects[i] = { name = ("%d Deployments"):format(count), count = count }
   end
   local function listing(subject)
      return function(times)
         local form = "%s spec/bench/programs/listed.lua %s/pages/%d %s %s %d %d"
         return form:format(lua, http2, subject.count, ca, TOKEN, subject.count, times)
      end
   end
   return {
      {
         parts = {
            {
               title = "Listed, filtered and printed: CPU for each Deployment",
               unit = "µs",
               digits = 1,
               to_reach = { beside = "1000 Deployments", at_most = 1.10 },
            },
         },
         subjects = subjects,
         rounds = 3,
         figure = function(subject)
            local times = 10000 / subject.count
            local seconds = measure.cpu(listing(subject), 0, times)
            return seconds and seconds * times / 10000 * 1e6
         end,
      },
      {
         parts = {
            {
               title = "Listed, filtered and printed: memory for each Deployment",
               unit = "KiB",
               digits = 1,
               to_reach = { beside = "1000 Deployments", at_most = 1.10 },
            },
         },
         subjects = { subjects[1], subjects[2], subjects[3] },
         rounds = 1,
         figure = function(subject)
            local without, with = measure.run(listing(subject)(0)), measure.run(listing(subject)(1))
            return without and with and (with.memory - without.memory) / subject.count
         end,
      },
   }
end)

return rows
