--- Where a marked token and marked values turn up, and what any byte does in whatever is sent.

local world = require "spec.support.world"

local MARK = "mark3dByUs"

-- The whole suite with a marked token and marked secrets: neither is in what it prints, nor in what any program
-- prints that it starts (spec/support/world.lua looks), nor in any command line meanwhile.
local SUITE = [[
   export SPEC_MARK=%s
   seen=$(mktemp)
   { while [ -e "$seen" ]; do ps -eo args >>"$seen.ps"; sleep 0.1; done; } >/dev/null 2>&1 &
   timeout 900 env LD_PRELOAD="$SANITIZERS" $LUA "$(command -v busted)" --output=spec/support/totals.lua %s
   status=$?
   rm "$seen"
   wait
   grep -m 5 "$SPEC_MARK" "$seen.ps" | sed 's/^/in a command line: /'
   rm "$seen.ps"
   exit $status
]]

local function suite(row, specs)
   local path = world.write("suite", SUITE:format(MARK, specs))
   local output, status = world.shell("sh " .. path)
   row.count = tonumber(output:match "(%d+) passed") or 0
   row.outcomes["no mark"] = row.count
   if status ~= 0 or output:find(MARK, 1, true) then
      row:finding(("exit %d: %s"):format(status, output:sub(-3000)))
   end
end

local FREED = [[
   local astro, core = require "astro", require "astro.core"
   local token = ("%s-token."):rep(20)
   local plain = "http://127.0.0.1:" .. os.getenv "STAND_IN_HTTP_PORT"
   local function ask(base_url, options)
      options = options or {}
      options.base_url, options.retries, options.token, options.rate = base_url, 0, token, false
      options.organization = "org"
      local client = astro.client(options)
      client:get_deployment "id"
      client:list_deployments()
      client:request("POST", "/x", { body = token })
      client:close()
   end
   for _, base_url in ipairs(arg) do
      ask(base_url, { headers = { ["X-Extra"] = token }, user_agent = token })
      ask(base_url)
   end
   ask(plain .. "/echo")
   local session = core.session()
   for i = 1, 5 do
      session:submit({ method = "GET", path = "/x", target = "x" }, token:sub(1, 60 * i), { base_url = plain })
      session:step()
   end
   session:close()
]]

-- Our sources, their free being one that looks first.
local function freed(row)
   local folder = world.shell("mktemp -d"):gsub("\n", "")
   world.shell("mkdir " .. folder .. "/astro")
   local flags = "-std=c99 -g -D_GNU_SOURCE -shared -fPIC -Dmalloc=torture_malloc -Dfree=torture_free "
      .. "-Dcurl_slist_append=torture_slist_append -Dcurl_slist_free_all=torture_slist_free "
      .. "src/*.c src/*/*.c -lpthread -ldl -lcurl -lm"
   local hook = folder .. "/freed.o"
   world.compile(hook, "spec/torture/freed.c", "--cflags", "-D_GNU_SOURCE -c -fPIC")
   world.compile(folder .. "/astro/core.so", hook, "--cflags", flags)
   local repeated = (MARK .. "-token."):rep(20)
   local bodies = {
      world.answer("401 x", ('{"message":"%s %s"}'):format(repeated, repeated)),
      world.answer("500 x", repeated .. " " .. repeated .. ("x"):rep(2000) .. repeated),
      world.answer("200 x", repeated, "Deprecation: " .. repeated .. "\r\n"),
   }
   local output
   world.with_environment({ SPEC_MARK = MARK, LUA_CPATH = folder .. "/?.so;" .. package.cpath }, function()
      output = world.run(FREED:format(MARK), { arguments = table.concat(bodies, " ") })
   end)
   world.shell("rm -rf " .. folder)
   row.count = tonumber(output:match "looked at (%d+)") or 0
   row.outcomes.wiped = row.count
   if row.count < 100 or output:find "freed with" or output:find "lua:" then
      row:finding(output:sub(1, 2000))
   end
end

-- With small letters behind every percent sign: libcurl's are, or are not, as its release is.
local function decoded(head)
   local text = head:gsub("%x%x", function(digits)
      return string.char(tonumber(digits, 16))
   end)
   return (text:gsub("%%%x%x", string.lower))
end

local BASE = world.faults "http://127.0.0.1" .. "/mirror/x"

-- Where a text goes into a request: by a client's options, or by the call.
local OPTIONS = {
   token = function(text)
      return { token = text }
   end,
   organization = function(text)
      return { organization = text }
   end,
   ["a header"] = function(text)
      return { headers = { ["X-Extra"] = text } }
   end,
   ["a header's name"] = function(text)
      return { headers = { [text] = "x" } }
   end,
   ["the user agent"] = function(text)
      return { user_agent = text }
   end,
   ["the API's pin"] = function(text)
      return { api_pin = text }
   end,
   ["the base URL"] = function(text)
      return { base_url = BASE .. "/" .. text }
   end,
}
local CALLS = {
   id = function(client, text)
      return client:get_deployment(text)
   end,
   ["a path"] = function(client, text)
      return client:request("GET", "/" .. text)
   end,
   ["a path's parameter"] = function(client, text)
      return client:request("GET", "/x/{p}", { params = { p = text } })
   end,
   ["a query's value"] = function(client, text)
      return client:request("GET", "/x", { query = { q = text } })
   end,
   ["a query's key"] = function(client, text)
      return client:request("GET", "/x", { query = { [text] = "q" } })
   end,
   ["a method"] = function(client, text)
      return client:request(text, "/x")
   end,
}
local ENCODED = { ["a path's parameter"] = true, ["a query's value"] = true, ["a query's key"] = true }

local function send(place, text)
   local given = OPTIONS[place] and OPTIONS[place](text) or {}
   given.base_url, given.rate, given.retries = given.base_url or BASE, false, 0
   given.organization, given.token = given.organization or "org", given.token or "token"
   local client = require("astro").client(given)
   local value, message = (CALLS[place] or client.get_deployment)(client, CALLS[place] and text or "id")
   client:close()
   return value, message
end

-- libcurl encodes what is beyond ASCII in a URL.
local function on_wire(place, text)
   if place == "the base URL" then
      return (text:gsub("[\128-\255]", function(c)
         return ("%%%02x"):format(c:byte())
      end))
   end
   return ENCODED[place]
         and text:gsub("[^%w%-._~]", function(c)
            return ("%%%02x"):format(c:byte())
         end)
      or text
end

-- Sends "AbyteZ" there: it must be refused, or the head be that of "AZ" but for it.
local function every_byte(row, place)
   local ok, plain = pcall(send, place, "AZ")
   plain = ok and plain and decoded(plain.head)
   for byte = 0, 255 do
      local text = "A" .. string.char(byte) .. "Z"
      local called, value, message = pcall(send, place, text)
      if not called then
         row:came "refused"
      elseif not value then
         row:finding(("%s with byte %d: %s"):format(place, byte, message))
      else
         local from, to = plain:find("AZ", 1, true)
         local wanted = plain:sub(1, from - 1) .. on_wire(place, text) .. plain:sub(to + 1)
         local head = decoded(value.head)
         local outcome = head == wanted and "sent as it is to be" or "otherwise"
         row:expect("sent as it is to be", outcome, ("%s with byte %d: %q"):format(place, byte, head))
      end
   end
end

-- libcurl's own pair of sockets by which it wakes itself is inherited; no connection is, and nothing of ours.
local INHERITED = [[
   local astro, core = require "astro", require "astro.core"
   local held, base = arg[1], os.getenv "ASTRO_API_URL" .. "/echo"
   for i = 1, 20 do
      local session = core.session(i % 2 == 0)
      session:submit({ method = "GET", path = "/x", target = "x" }, "token", { base_url = i % 3 == 0 and base or held })
      session:step()
      session:wait(0.01)
      _G["kept" .. i] = session
   end
   local function count(whose)
      local found = io.popen(("ls -l /proc/%s/fd | grep -c -e eventpoll -e timerfd"):format(whose)):read "*n"
      return found + tcp_connections(whose)
   end
   print(count "$PPID" >= 30 and count "self")
]]

return function(report)
   local is_long = report.is_long
   report:row("the suite with a marked token and secrets: output, ps", function(row)
      suite(
         row,
         is_long and "--exclude-pattern=torture spec"
            or "spec/secret_spec.lua spec/versions_spec.lua spec/process_spec.lua"
      )
   end)
   report:row("our blocks freed that had the token", freed)
   for _, places in ipairs({ OPTIONS, CALLS }) do
      for place in pairs(places) do
         report:row("every byte in " .. place, function(row)
            every_byte(row, place)
         end)
      end
   end
   report:row("descriptors that a child inherits", function(row)
      local output = world.run(world.TCP_CONNECTIONS .. INHERITED, { arguments = world.fault("hold", "") })
      row:expect("0", output:match "%S+" or "nothing")
   end)
end
