-- What the specs meet: the stand-in, the fault server, the environment, other processes.

local uv = require "luv"

local world = {
   org = "cmorg0standin00000000000aa",
   full = "cmdep0full0000000000000001",
   stand_in = assert(os.getenv "ASTRO_API_URL", "run the specs by `make test`"),
   interpreter = assert(os.getenv "LUA"),
}

-- The sanitizers' runtime is for programs that load the module, not for the shells between us and them.
local preload = os.getenv "SANITIZERS"
uv.os_unsetenv "LD_PRELOAD"

local tokens = 0

--- A token that nobody else uses: the stand-in counts requests by token. SPEC_MARK is in it, for those who look
--- where it turns up (spec/torture/secrets.lua).
function world.token()
   tokens = tokens + 1
   return ("spec-token-%s-%d-%d"):format(os.getenv "SPEC_MARK" or "unmarked", tokens, math.random(1e9))
end

--- The stand-in under another host name, on the TLS port or, with the plain one, by http.
function world.host(name)
   return ("https://%s:%s"):format(name, os.getenv "STAND_IN_PORT")
end

function world.plain()
   return "http://127.0.0.1:" .. os.getenv "STAND_IN_HTTP_PORT"
end

--- A base URL where every request gets the answer in spec/fixtures/errors.
function world.error_answer(file)
   return world.stand_in .. "/errors/" .. file
end

--- Puts a file there, in place of one that is.
function world.put(path, bytes)
   local file = assert(io.open(path, "wb"))
   file:write(bytes)
   file:close()
   return path
end

local answers = 0 -- and other files of ours

--- A new file that goes when the specs end; gives its path.
function world.write(name, bytes)
   answers = answers + 1
   return world.put(("%s/%s%d"):format(os.getenv "FAULTS_DIR", name, answers), bytes)
end

--- A base URL at the fault server: "send", "hold" or "reset" after these bytes.
function world.fault(action, bytes, origin)
   local name = world.write("answer", bytes):match "%w+$"
   return ("%s/%s/%s"):format(origin or world.faults "http://127.0.0.1", action, name)
end

--- The fault server under a scheme and host.
function world.faults(host)
   return ("%s:%s"):format(host, os.getenv "FAULTS_PORT")
end

--- A base URL where every request gets this answer.
function world.answer(status, body, headers)
   local head = ("HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n"):format(status, headers or "", #body)
   return world.fault("send", head .. body)
end

local function set(name, value)
   if value then
      uv.os_setenv(name, value)
   else
      uv.os_unsetenv(name)
   end
end

--- Calls f with some environment variables set, or unset where the value is false.
function world.with_environment(variables, f)
   local before = {}
   for name, value in pairs(variables) do
      before[name] = os.getenv(name) or false
      set(name, value)
   end
   local results = { pcall(f) }
   for name, value in pairs(before) do
      set(name, value)
   end
   if not results[1] then
      error(results[2], 0)
   end
   return (table.unpack or unpack)(results, 2)
end

--- A client of the stand-in below a path, with a token of its own.
function world.client(path, given)
   given = given or {}
   given.base_url = given.base_url or world.stand_in .. path
   given.token = given.token or world.token()
   return require("astro").client(given)
end

local function ask_stand_in(path, token)
   local client = world.client(path, { token = token, rate = false })
   local answer = assert(client:request("GET", "/"))
   client:close()
   return answer
end

--- What the stand-in counts for a token.
function world.counts(token)
   return ask_stand_in("/counts", token)
end

--- What a token asked one of the stand-in's operations for last: method, uri and body.
function world.asked(token)
   return ask_stand_in("/asked", token)
end

--- The stand-in's slow answers to a token wait until they are released.
function world.hold(token)
   ask_stand_in("/hold", token)
end

function world.release(token)
   ask_stand_in("/release", token)
end

--- The error that one fetch by the core comes to.
function world.failure(base_url, token, options)
   options = options or {}
   options.base_url = base_url
   local core = require "astro.core"
   local deployment, message, err = core.get_deployment(nil, "x", token or world.token(), options)
   assert(deployment == nil and message == err.message, message)
   return err
end

function world.read(path)
   local file = assert(io.open(path, "rb"))
   local text = file:read "*a"
   file:close()
   return text
end

--- Where the module under test was found.
function world.module_path()
   for template in package.cpath:gmatch "[^;]+" do
      local path = template:gsub("%?", "astro/core")
      local file = io.open(path, "rb")
      if file then
         file:close()
         return path
      end
   end
end

--- Runs a shell command; gives what it printed (stderr too) and its exit status.
function world.shell(command)
   local pipe = assert(io.popen(("{ %s\n} 2>&1; echo ' '$?"):format(command)))
   local output, status = pipe:read("*a"):match "^(.*) (%d+)\n$"
   pipe:close()
   local mark = os.getenv "SPEC_MARK"
   assert(not mark or not output:find(mark, 1, true), "a program printed the mark")
   return output, tonumber(status)
end

--- Compiles a C program or library, with what pkg-config says of the Lua that runs the specs.
function world.compile(path, source, wanted, flags)
   local lua = ("$(pkg-config %s $LUA_PACKAGE)"):format(wanted)
   local output, status = world.shell(("cc -o %s %s %s %s"):format(path, source, lua, flags))
   assert(status == 0, output)
end

--- A command that loads the module: with a token of its own, and the sanitizers' runtime where the specs
--- have it.
function world.preloaded(command, library)
   local libraries = (preload or "") .. (library and ":" .. library or "")
   local file = world.write("token", world.token()) -- a command line is for everybody to read
   return ("ASTRO_API_TOKEN=$(cat %s) LD_PRELOAD='%s' %s"):format(file, libraries, command)
end

--- Runs a Lua program given as text by the interpreter that runs the specs.
---@param options? { arguments: string, preload: string, folder: string, descriptors: integer }
---`descriptors`: how many it may have open
function world.run(program, options)
   options = options or {}
   local path = world.put(os.tmpname(), program)
   local command = ("%s %s %s"):format(world.interpreter, path, options.arguments or "")
   local there = ("cd %s && ulimit -n %s && "):format(
      options.folder or ".",
      options.descriptors or "$(ulimit -n)"
   )
   local output, status = world.shell(there .. world.preloaded(command, options.preload))
   os.remove(path)
   return output, status
end

--- For a program: how many TCP connections a process has open that were not there when the program began,
--- "$PPID" being the program itself and "self" what it starts.
world.TCP_CONNECTIONS = [[
   local function sockets_of(whose)
      local found = {}
      for inode in io.popen(("ls -l /proc/%s/fd 2>/dev/null"):format(whose)):read("*a"):gmatch "socket:%[(%d+)" do
         found[inode] = true
      end
      return found
   end
   local inherited = sockets_of "self"
   local function tcp_connections(whose)
      local sockets, count = sockets_of(whose), 0
      for line in io.lines "/proc/net/tcp" do
         local inode = line:match("^" .. ("%s*%S+"):rep(9) .. "%s+(%d+)")
         count = count + (sockets[inode] and not inherited[inode] and 1 or 0)
      end
      return count
   end
]]

--- A list of strings as Lua source, each turned by f.
function world.literal(list, f)
   local parts = {}
   for i, item in ipairs(list) do
      parts[i] = ("%q"):format(f(item))
   end
   return "{ " .. table.concat(parts, ", ") .. " }"
end

--- Every string in a value, keys and tostring included.
function world.strings(value, found)
   found = found or {}
   found[#found + 1] = tostring(value)
   if type(value) == "table" then
      for key, item in pairs(value) do
         world.strings(key, found)
         world.strings(item, found)
      end
   end
   return found
end

return world
