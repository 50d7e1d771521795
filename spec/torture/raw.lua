--- The server of spec/support/raw_server.lua, and clients that meet it.

local client_module = require "astro.client"
local core = require "astro.core"
local uv = require "luv"
local world = require "spec.support.world"

local raw = {}

local FOLDER = assert(os.getenv "FAULTS_DIR")

--- No try may last longer than its own limit and this, on a machine that is busy.
local SLACK_SECONDS = 5

-- Started once a process; ends with it.
local server

local function start()
   local pipe = os.tmpname()
   os.remove(pipe)
   world.shell("mkfifo " .. pipe)
   server = { stdin = io.popen(("%s spec/support/raw_server.lua >%s"):format(world.interpreter, pipe), "w") }
   local file = io.open(pipe)
   server.http, server.https, server.h2, server.relay = file:read("*l"):match "(%d+) (%d+) (%d+) (%d+)"
   file:close()
   os.remove(pipe)
end

---The port of "http", "https" (HTTP/1.1 both), "h2" or "relay".
function raw.port(wire)
   if not server then
      start()
   end
   return server[wire]
end

local files = 0

---Makes bytes known to the server; gives the name for an instruction.
function raw.file(bytes)
   files = files + 1
   local name = "raw" .. files
   local file = assert(io.open(FOLDER .. "/" .. name, "wb"))
   file:write(bytes)
   file:close()
   return name
end

---The base URL whose every request does what the instruction says, see the server. Where TLS is closed, that is
---nginx's: it ends it as TLS wants.
function raw.base(wire, instruction)
   if wire == "http" then
      return ("http://127.0.0.1:%s/%s"):format(raw.port(wire), instruction)
   elseif wire == "https" and instruction:find "^close" then
      return ("https://localhost:%s/raw/%s"):format(os.getenv "STAND_IN_HTTP1_PORT", instruction)
   elseif wire == "https" then
      return ("https://localhost:%s/%s"):format(raw.port(wire), instruction)
   end
   return ("https://%s.raw.localhost:%s/x"):format(instruction, raw.port(wire))
end

---One call on a client: value, message, err.
---@param more? table further options
function raw.deployment(client, id, base_url, more)
   local given = { base_url = base_url }
   for name, value in pairs(more or {}) do
      given[name] = value
   end
   return client_module.get_deployment(client, "org", id, nil, given)
end

---Likewise, and whether it was in time.
---@param seconds number its own limit
function raw.fetch(client, base_url, seconds, more)
   local start_at = core.clock()
   local value, message, err = raw.deployment(client, "id", base_url, more)
   return value, message, err, core.clock() - start_at < seconds + SLACK_SECONDS
end

---A client that shows each fault as it is.
function raw.client(given)
   local options = { token = "raw-token", rate = false, retries = 0, proxy = false, timeout = 20 }
   for name, value in pairs(given) do
      options[name] = value
   end
   return client_module.new(options)
end

--- Lua 5.1 has no loop: in it pcall cannot yield.
raw.modes = (_VERSION == "Lua 5.1" and not jit) and { "blocking" } or { "blocking", "loop" }

-- So many coroutines, each with a client of its own, share the items.
local function each_in_loop(items, given, width, f)
   local loop = require "astro.loop.poll"
   local next_item, tasks = 1, {}
   for i = 1, math.min(width, #items) do
      tasks[i] = function()
         given.loop = loop
         local client = raw.client(given)
         while items[next_item] ~= nil do
            next_item = next_item + 1
            f(client, items[next_item - 1])
         end
         client:close()
      end
   end
   loop.run((table.unpack or unpack)(tasks))
end

---Calls f(client, item) for every item, "blocking" one after the other on one client, or in a "loop".
---@param width integer how many at once in a loop
function raw.each(mode, items, given, width, f)
   if mode == "loop" then
      return each_in_loop(items, given, width, f)
   end
   local client = raw.client(given)
   for _, item in ipairs(items) do
      f(client, item)
   end
   client:close()
end

---How many descriptors are open; nil where the system does not tell.
function raw.descriptors()
   collectgarbage()
   collectgarbage()
   local folder = uv.fs_scandir "/proc/self/fd"
   local count = 0
   while folder and uv.fs_scandir_next(folder) do
      count = count + 1
   end
   return folder and count
end

---Runs f; a finding where it leaves descriptors open. There may be fewer: what a row before let go, closed since.
function raw.leak_free(row, f)
   raw.port "http"
   local before = raw.descriptors()
   f()
   local after = raw.descriptors()
   if before and after > before then
      row:finding(("%d descriptors before, %d after"):format(before, after))
   end
end

return raw
