--- Programs of their own, for what a whole process does.

local meet = require "spec.torture.meet"
local raw = require "spec.torture.raw"
local world = require "spec.support.world"

local program = {}

--- For every program: where good answers are, and where none.
program.head = [[
   local astro, core = require "astro", require "astro.core"
   local good, held = os.getenv "ASTRO_API_URL" .. "/echo", os.getenv "HELD"
   local has_loop = _VERSION ~= "Lua 5.1" or jit
   local loop = has_loop and require "astro.loop.poll"
   local function client(base, given)
      given = given or {}
      given.base_url, given.rate, given.organization = base, false, "org"
      return astro.client(given)
   end
   local function check(one, id)
      local value, message = one:get_deployment(id)
      assert(value and value.uri:match "[^/]+$" == id, message or "another's answer")
   end
   local function in_loop(...)
      if has_loop then
         loop.run(...)
      end
   end
]]

---A base URL whose answers never end.
function program.held()
   return raw.base("http", ("hold-%s-500"):format(raw.file(meet.with_length)))
end

---Runs a program behind that head: its output, and its exit status.
function program.run(text, given)
   return world.with_environment({ HELD = program.held() }, function()
      return world.run(program.head .. text, given)
   end)
end

---Compiles a file of spec/support/, for a library unless `wanted` says else.
function program.compile(source, flags, wanted)
   local path = os.tmpname()
   world.compile(path, "spec/support/" .. source, wanted or "--cflags", flags)
   return path
end

return program
