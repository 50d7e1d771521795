--- What stands before an answer: names, connections, proxies, TLS, and answers that send elsewhere.

local frames = require "spec.torture.frames"
local meet = require "spec.torture.meet"
local raw = require "spec.torture.raw"
local world = require "spec.support.world"

local function each_case(row, mode, cases, width)
   raw.leak_free(row, function()
      raw.each(mode, cases, { attempt_timeout = 5 }, width or 8, function(client, case)
         meet.fault(row, client, case)
      end)
   end)
end

local function add(cases, name, base, wanted, given)
   cases[#cases + 1] =
      { name = name, wire = "http", base = base, wanted = wanted, seconds = 5, given = given }
end

-- Nobody listens at port 1.
local function refused(row, mode, count)
   local cases = {}
   for _ = 1, count do
      add(cases, "plain", "http://127.0.0.1:1/x", "connect")
      add(cases, "TLS", "https://localhost:1/x", "connect")
      add(cases, "a proxy", "https://x.invalid/x", "connect", { proxy = "http://127.0.0.1:1" })
   end
   each_case(row, mode, cases)
end

local function certificates(row, mode, count)
   local cases = {}
   for _ = 1, count do
      for _, host in ipairs({ "expired", "otherhost", "untrusted", "selfsigned" }) do
         add(cases, host, world.host(host .. ".localhost") .. "/echo", "tls")
      end
      add(cases, "no common protocol", world.host "127.0.0.2", "tls")
      add(cases, "no TLS", (world.plain():gsub("^http", "https")), "tls")
   end
   each_case(row, mode, cases)
end

--- What the server's bytes come to, from the first of the handshake to the last of the answer, cut sooner or
--- later: one after the other.
local ORDER = { connect = 1, transport = 2, whole = 3 }

--- A signature is now and then some bytes longer.
local VARIES = 64

--- More than the server sends in all: 2000 bytes, or 3000 where its key share is one for after quantum computers.
local ALL_BYTES = 4000

-- By HTTP/2: the server's every byte, encrypted.
local function handshake(row, mode, step)
   local counts, came = {}, {}
   for count = 0, ALL_BYTES, step do
      counts[#counts + 1] = count
   end
   raw.leak_free(row, function()
      raw.each(mode, counts, { attempt_timeout = 5 }, 8, function(client, count)
         local base = ("https://relay-x-%d.raw.localhost:%s/echo"):format(count, raw.port "relay")
         local value, _, err, in_time = raw.fetch(client, base, 5)
         came[count] = not in_time and "late" or value and "whole" or err.kind
         row:came(came[count])
      end)
   end)
   local last, since = 1, 0
   for _, count in ipairs(counts) do
      local rank = ORDER[came[count]] or 0
      if rank > last then
         last, since = rank, count
      elseif rank == 0 or rank < last and count > since + VARIES then
         row:finding(("%s after %d bytes, late in the order"):format(came[count], count))
      end
   end
   if last < 3 then
      row:finding "never whole"
   end
end

local ACCEPTED = "HTTP/1.1 200 Connection established\r\n\r\n"

--- What a proxy answers to CONNECT.
local PROXIES = {
   ["200 and an end"] = { "close", ACCEPTED, "connect" },
   ["200 and a reset"] = { "reset", ACCEPTED, "connect transport" },
   ["200 and silence"] = { "hold", ACCEPTED, "timeout", { connect_timeout = 0.2 } },
   ["200 and noise"] = { "close", ACCEPTED .. ("noise"):rep(100), "tls connect" },
   ["200 and an answer in the clear"] = { "close", ACCEPTED .. meet.with_length, "tls connect" },
   ["200 and frames in the clear"] = { "close", ACCEPTED .. frames.answer(meet.document, 4), "tls connect" },
   ["an answer in place of a tunnel"] = { "close", meet.with_length, "tls connect" },
   ["301"] = {
      "close",
      "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n",
      "connect",
   },
   ["403"] = { "close", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "connect" },
   ["407"] = {
      "close",
      "HTTP/1.1 407 Proxy\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n",
      "connect",
   },
   ["500 with a body"] = { "close", "HTTP/1.1 500 No\r\nContent-Length: 4\r\n\r\nbody", "connect" },
   ["noise"] = { "close", ("noise\r\n"):rep(100), "connect" },
   ["SSH"] = { "close", "SSH-2.0-OpenSSH_9.2\r\n", "connect" },
   ["nothing, held"] = { "hold", "", "timeout", { connect_timeout = 0.2 } },
}

local function proxied(row, mode)
   local cases = {}
   local proxy = "http://127.0.0.1:" .. raw.port "http"
   local function add_proxy(name, action, bytes, count, wanted, given)
      local instruction = ("%s-%s-%d"):format(action, raw.file(bytes), count)
      local options = { proxy = proxy, connect_timeout = given and given.connect_timeout }
      add(cases, name, ("https://%s.raw.localhost/x"):format(instruction), wanted, options)
   end
   for name, case in pairs(PROXIES) do
      add_proxy(name, case[1], case[2], #case[2], case[3], case[4])
   end
   for count = 0, #ACCEPTED - 1 do
      add_proxy(("closed after %d bytes"):format(count), "close", ACCEPTED, count, "connect")
      add_proxy(("reset after %d bytes"):format(count), "reset", ACCEPTED, count, "connect")
   end
   add_proxy("endless headers", "endless", "HTTP/1.1 200 OK\r\nX-Filler: x\r\n", 17, "connect")
   add_proxy("one endless header", "endless", "HTTP/1.1 200 OK\r\nx", 17, "connect")
   add_proxy("endless interim answers", "endless", "HTTP/1.1 100 Continue\r\n\r\n", 0, "connect timeout", {})
   each_case(row, mode, cases)
end

-- Whoever follows one finds a whole document.
local function redirects(row, mode)
   local cases = {}
   local target = meet.good_base "http"
   local targets = {
      target,
      meet.good_base "https",
      (target:gsub("^http:", "")),
      (target:gsub("^http://[^/]*", "")),
      "https://elsewhere.example/x",
      "file:///etc/passwd",
      "gopher://127.0.0.1:1/x",
      "\1\2\255",
      "",
      ("x"):rep(20000),
   }
   for _, status in ipairs({ 300, 301, 302, 303, 305, 307, 308 }) do
      for _, to in ipairs(targets) do
         for _, wire in ipairs({ "http", "https" }) do
            local bytes = ("HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"):format(
               status,
               to
            )
            local instruction = ("close-%s-%d"):format(raw.file(bytes), #bytes)
            add(cases, ("%d to %.40s"):format(status, to), raw.base(wire, instruction), "invalid")
         end
      end
   end
   each_case(row, mode, cases)
end

local RESOLVING = [[
   local astro = require "astro"
   local good, seconds = arg[1], { hanging = 0.2, slow = 0.1, late = 5, failing = 5 }
   local function ask(name)
      local host = name == "slow" and "late" or name
      local base = good:gsub("localhost", host .. ".invalid")
      local given = { proxy = false, rate = false, retries = 0, timeout = seconds[name], base_url = base }
      local value, _, err = astro.get_deployment("org", "id", "token", given)
      print(name, value and "whole" or err.kind)
      assert(astro.get_deployment("org", "id", "token", { base_url = good, rate = false }))
   end
   for name in ("failing hanging slow late"):gmatch "%a+" do
      ask(name)
   end
]]

local RESOLVED = { failing = "connect", hanging = "timeout", slow = "timeout", late = "whole" }

-- "slow" is late.invalid within a limit that it does not keep: its answer comes when nobody waits.
local function resolving(row, _, count)
   local library = os.tmpname()
   world.compile(library, "spec/support/slow_resolver.c", "--cflags", "-shared -fPIC -ldl")
   for _ = 1, count do
      local output, status = world.run(RESOLVING, { arguments = meet.good_base "https", preload = library })
      for name, outcome in output:gmatch "(%a+)\t(%a+)" do
         row:expect(RESOLVED[name], outcome, name)
      end
      if status ~= 0 then
         row:finding(output)
      end
   end
   os.remove(library)
   if row.count ~= 4 * count then
      row:finding "not every name was tried"
   end
end

return function(report)
   local function row(tried, mode, f, ...)
      local more = { ... }
      report:row(("%s, %s"):format(tried, mode), function(one)
         f(one, mode, more[1])
      end)
   end
   local count = report.is_long and 50 or 1
   for _, mode in ipairs(raw.modes) do
      row("refused: plain, TLS and by a proxy", mode, refused, count)
      row("certificates and protocols of no use", mode, certificates, count)
      row("closed at every byte of TLS", mode, handshake, report.is_long and 1 or 200)
      row("proxies that refuse, hang and lie", mode, proxied)
      row("redirects, none followed", mode, redirects)
   end
   row("names that fail, hang and come late", "blocking", resolving, report.is_long and 10 or 1)
end
