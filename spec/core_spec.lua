local world = require "spec.support.world"

describe("core", function()
   local core = require "astro.core"

   it("can be opened again, and both serve", function()
      package.loaded["astro.core"] = nil
      local again = require "astro.core"
      package.loaded["astro.core"] = core
      for _, module in ipairs({ core, again }) do
         assert.equal("HEALTHY", assert(module.get_deployment(nil, world.full, world.token())).status)
      end
   end)

   it("is complete without the Lua part", function()
      local program = [[
         package.path = ""
         print(require("astro.core").get_deployment(nil, ...).name)
      ]]
      assert.equal("Hourly Orders\n", (world.run(program, { arguments = world.full })))
   end)

   it("says what is missing where there is no lua-cjson", function()
      local output = world.run [[
         package.preload.cjson = function() error "no such module" end
         print(pcall(require, "astro.core"))
      ]]
      assert.matches("astro needs lua%-cjson", output)
   end)

   -- What is built for an earlier one than these lacks a symbol in every other Lua.
   if math.type then
      it("says so where it was built for another Lua, before it touches anything of this one", function()
         local header = world.write(
            "header",
            "#include <lua.h>\n#undef LUA_VERSION_NUM\n#define LUA_VERSION_NUM 599\n"
               .. "#undef LUA_REGISTRYINDEX\n#define LUA_REGISTRYINDEX (-1234567)\n"
         )
         local module = header .. ".so"
         local flags =
            "-w -shared -fPIC -D_GNU_SOURCE -include %s $(pkg-config --cflags --libs libcurl) -lpthread -ldl"
         world.compile(module, "src/*.c src/transport/*.c", "--cflags", flags:format(header))
         local program = ("print(pcall(package.loadlib(%q, 'luaopen_astro_core')))"):format(module)
         local output, status = world.run(program)
         os.remove(module)
         assert.matches("^false\t.*version mismatch.*599", output)
         assert.equal(0, status)
      end)
   end

   it("exports one symbol", function()
      local symbols = world.shell(("nm -D --defined-only '%s'"):format(world.module_path()))
      assert.matches("^%x+ T luaopen_astro_core\n$", symbols)
   end)

   it("stays in memory, and serves every Lua state of a process", function()
      local program = os.tmpname()
      world.compile(program, "spec/support/two_states.c", "--cflags --libs", "-lm -ldl")
      local output, status = world.shell(world.preloaded(program .. " " .. world.full))
      os.remove(program)
      assert.equal("Hourly Orders\nHourly Orders\npinned\n", output)
      assert.equal(0, status)
   end)

   it("tells whether a file descriptor is a terminal", function()
      local uv = require "luv"
      local terminal, file = uv.fs_open("/dev/ptmx", "r+", 0), uv.fs_open("/dev/null", "r", 0)
      assert.same({ 0 }, { core.columns(terminal), core.columns(file), core.columns(-1) })
      uv.fs_close(terminal)
      uv.fs_close(file)
   end)

   it("lists the error kinds", function()
      local names = {}
      for _, kind in ipairs(core.kinds) do
         names[#names + 1] = kind.name
         assert.is_string(kind.when)
      end
      assert.equal(
         "connect tls timeout transport unauthorized forbidden not_found conflict rate_limited "
            .. "invalid server decode too_large cancelled",
         table.concat(names, " ")
      )
   end)

   it("decodes a text as it does an answer", function()
      assert.same({ a = { 1, 2 } }, core.decode '{"a":[1,null,2],"b":null}')
      assert.is_true(core.decode "null")
      local value, message = core.decode "{"
      assert.same({ nil, "string" }, { value, type(message) })
   end)
end)
