-- examples/astro.lua, run by the interpreter that runs the specs.

local world = require "spec.support.world"

local program = { PATH = "examples/astro.lua" }

---A shell command that runs it.
---@param arguments string
---@return string
function program.command(arguments)
   return world.preloaded(("%s %s %s"):format(world.interpreter, program.PATH, arguments))
end

---What it prints where there is no terminal, which has no escape codes, and its exit status.
---@param arguments string
---@param environment? table<string, string|false>
---@return string output
---@return integer status
function program.run(arguments, environment)
   return world.with_environment(environment or {}, function()
      local output, status = world.shell(program.command(arguments))
      assert(not output:find("\27", 1, true), output)
      return output, status
   end)
end

---The environment with the stand-in's answers below a path.
---@param path string
---@return table<string, string>
function program.below(path)
   return { ASTRO_API_URL = world.stand_in .. path }
end

return program
