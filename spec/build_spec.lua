-- What `make` and luarocks build and install, used from outside the source tree.

local world = require "spec.support.world"

local abi = _VERSION:match "%d%.%d"
local folder

local function succeed(command)
   local output, status = world.shell(command)
   assert.equal(0, status, output)
   return output
end

-- Runs a fetch in another folder, with the module found below `tree` alone.
local function fetch_from(tree)
   local path = ("%s/share/lua/%s/?.lua;%s/share/lua/%s/?/init.lua;;"):format(tree, abi, tree, abi)
   local cpath = ("%s/lib/lua/%s/?.so;;"):format(tree, abi)
   return world.with_environment({ LUA_PATH = path, LUA_CPATH = cpath }, function()
      local program = "print(require('astro').get_deployment(nil, ...).name)"
      return (world.run(program, { arguments = world.full, folder = tree }))
   end)
end

describe("make", function()
   before_each(function()
      folder = succeed("mktemp -d"):gsub("\n", "")
   end)

   after_each(function()
      succeed("rm -rf " .. folder)
   end)

   local make = "env -u MAKEFLAGS -u MAKELEVEL -u BUILD -u CFLAGS make -s PREFIX=/opt/astro LUA="
      .. world.interpreter
      .. " "

   it("installs below DESTDIR and PREFIX, and takes all of it away again", function()
      succeed(make .. "install DESTDIR=" .. folder)
      assert.matches("^Hourly Orders", fetch_from(folder .. "/opt/astro"))
      succeed(make .. "uninstall DESTDIR=" .. folder)
      assert.equal("", succeed(("find %s -mindepth 1"):format(folder)))
   end)

   it("leaves folders that were there before, and those with something of others", function()
      local before = ("%s/opt/astro/share/lua/%s"):format(folder, abi)
      succeed("mkdir -p " .. before)
      succeed(make .. "install DESTDIR=" .. folder)
      succeed(("touch %s/opt/astro/lib/lua/other"):format(folder))
      succeed(make .. "uninstall DESTDIR=" .. folder)
      local left = succeed(("find %s -depth -empty -printf '/%%P\n' | sort"):format(folder))
      assert.equal("/opt/astro/lib/lua/other\n/opt/astro/share/lua/" .. abi .. "\n", left)
   end)

   it("removes the folders of several Luas with the last of these", function()
      local call = ".ci/folders %s " .. folder .. " /opt/share/lua/%s/astro/folders /opt/share/lua/%s/astro"
      for _, step in ipairs({ "make 5.1", "make 5.4", "make 5.1", "remove 5.1", "remove 5.4" }) do
         assert.equal("", succeed(call:format(step:match "%a+", step:match "%d.*", step:match "%d.*")))
      end
      assert.equal("", succeed(("find %s -mindepth 1"):format(folder)))
   end)

   it("says in the end by which command one sees that the installation works", function()
      local install = make .. "install DESTDIR=" .. folder
      local proof = succeed(install):match "^Try: ([^\n]*)\n$"
      local there = ("%%s/opt/astro/share/lua/%s/?.lua"):format(abi):format(folder)
      local path, cpath, plain = proof:match "^LUA_PATH='(.-)' LUA_CPATH='(.-)' (.*)$"
      assert.equal(there .. ";" .. there:gsub("%?", "?/init") .. ";;", path)
      assert.equal(world.interpreter .. [[ -e 'print(require("astro")._VERSION)']], plain)
      world.with_environment({ LUA_PATH = path, LUA_CPATH = cpath }, function()
         assert.equal("Try: " .. plain .. "\n", succeed(install))
      end)
      local version = require("astro")._VERSION .. "\n"
      assert.equal(version, succeed("cd / && unset LUA_PATH LUA_CPATH && " .. proof))
      succeed(make .. "uninstall DESTDIR=" .. folder)
      assert.not_equal(0, select(2, world.shell("cd / && unset LUA_PATH LUA_CPATH && " .. proof)))
   end)

   it("says it where what was installed does not work", function()
      succeed(("echo 'error \"broken\"' > %s/astro.lua"):format(folder))
      local output, status = world.shell((".ci/proof %s %s %s"):format(world.interpreter, folder, folder))
      assert.matches("broken.*\nIt is installed, but this fails: LUA_PATH=[^\n]*\n$", output)
      assert.equal(1, status)
   end)

   it("shows of a tool that checks its words if it fails, below its name", function()
      assert.same({ "", 0 }, { world.shell ".ci/quietly sh -c 'echo words'" })
      assert.same({ "sh:\nwords\n", 3 }, { world.shell ".ci/quietly sh -c 'echo words; exit 3'" })
   end)

   it("shows a Deployment by itself, with several jobs as with one", function()
      local demo = make:gsub("^env ", "env -u FAULTS_PORT ") .. "-j2 demo"
      assert.matches("^name       Hourly Orders\nstatus     HEALTHY\n", (succeed(demo)))
   end)

   it("prints the exports with which the tree is used in place", function()
      local exports = succeed(make .. "env")
      assert.equal("# for " .. world.interpreter, exports:match "^[^\n]*")
      local script = world.put(folder .. "/exports", exports)
      local used = world.preloaded(world.interpreter .. [[ -e 'print(require("astro")._VERSION)']])
      local output = succeed(("unset LUA_PATH LUA_CPATH && . %s && cd / && %s"):format(script, used))
      assert.matches("^%d+%.%d+%.%d+\n$", output)
   end)

   it("lists its targets in one screen", function()
      local help = succeed(make .. "help")
      local targets = "all deps demo test torture nvim lint format picture sanitize valgrind bench "
         .. "install uninstall release env clean"
      for target in targets:gmatch "%a+" do
         assert.matches("\n  " .. target .. " ", help)
      end
      local _, lines = help:gsub("\n", "")
      assert.is_true(lines <= 24)
   end)

   it("leaves no source out of the rock", function()
      local rockspec = world.read "astro-scm-1.rockspec"
      for file in io.popen("find src lua -name '*.c' -o -name '*.lua'"):lines() do
         assert.is_truthy(rockspec:find(('"%s"'):format(file), 1, true), file)
      end
   end)

   -- A rock is promised for these two; the interpreter is theirs.
   if world.interpreter == "lua5.1" or world.interpreter == "lua5.4" then
      local rocks = ("luarocks --lua-version %s --tree "):format(abi)

      it("is not needed: luarocks builds a rock that works, and packs it for other trees", function()
         succeed "luarocks lint astro-scm-1.rockspec"
         succeed(("cp -r src lua astro-scm-1.rockspec %s"):format(folder))
         local line = world.read("README.md"):match("\n(luarocks make [^\n#]*)"):gsub("5%.4", abi)
         succeed(("cd %s && %s --tree tree"):format(folder, line))
         assert.equal(
            "",
            succeed(("cd %s && find astro src -name '*.*o' 2>/dev/null || true"):format(folder))
         )
         assert.matches("^Hourly Orders", fetch_from(folder .. "/tree"))
         local symbols =
            succeed(("nm -D --defined-only %s/tree/lib/lua/%s/astro/core.so"):format(folder, abi))
         assert.matches("^%x+ T luaopen_astro_core\n$", symbols)
         succeed(("cd %s && %s tree pack astro && rm -rf tree src lua"):format(folder, rocks))
         succeed(("cd %s && %s other install --deps-mode none astro-scm-1.*.rock"):format(folder, rocks))
         assert.matches("^Hourly Orders", fetch_from(folder .. "/other"))
      end)
   end

   it("builds with clang as with gcc", function()
      succeed(make .. ("all CC=clang BUILD=%s CFLAGS='-O2 -Werror'"):format(folder))
      local used = world.preloaded(world.interpreter .. [[ -e 'print(require("astro.core")._VERSION)']])
      local output = succeed(("LUA_CPATH='%s/?.so;;' %s"):format(folder, used))
      assert.matches("^%d+%.%d+%.%d+\n$", output)
   end)
end)
