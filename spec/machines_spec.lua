-- What the Makefile makes of machines that are not this one: programs of ours stand in for theirs.

local world = require "spec.support.world"

describe("a machine", function()
   local folder

   before_each(function()
      folder = world.shell("mktemp -d"):gsub("\n", "")
   end)

   after_each(function()
      world.shell("rm -r " .. folder)
   end)

   local function program(name, text)
      world.shell("chmod +x " .. world.put(folder .. "/" .. name, ("#!/bin/sh\n%s\n"):format(text)))
   end

   local function shell(command)
      return world.shell(("export PATH=%s:$PATH; unset MAKEFLAGS MAKELEVEL LUA; %s"):format(folder, command))
   end

   -- As on Fedora: the command and the library are called lua.
   local function only_lua(version)
      program("pkg-config", ('[ "$*" = "--modversion lua" ] && echo %s.6'):format(version))
      for _, name in ipairs({ "lua5.3", "lua-5.3", "lua53" }) do
         program(name, "exit 127")
      end
      program("lua", ("echo lua%s"):format(version))
   end

   it("whose Lua is called lua is asked for its version", function()
      only_lua "5.3"
      assert.equal("lua\nlua\n", (shell ".ci/called command lua5.3; .ci/called package lua5.3"))
      assert.equal("", (shell ".ci/called package lua5.2"))
   end)

   it("has the folders of that version installed into", function()
      only_lua "5.3"
      program("lua", "echo 5.3")
      local output = shell "make -n install LUA=lua PREFIX=/p"
      assert.is_truthy(output:find('"/p/lib/lua/5.3/astro/core.so"', 1, true), output)
   end)

   it("without root or sudo is told what root has to install", function()
      program("pkg-config", "exit 1")
      program("id", "echo 1000")
      program("sudo", "exit 1")
      local output, status = shell ".ci/deps lua5.4 build"
      assert.equal(1, status)
      assert.matches(
         "^Missing: to be installed as root, by apt%-get install [^\n]* liblua5%.4%-dev[^\n]*\n$",
         output
      )
   end)

   it("that cannot make a root of another Debian says so, and fails", function()
      program("id", "echo 0")
      program("apt-get", [[[ "$1" != indextargets ] || echo "Debian http://archive.example/debian/"]])
      program("debootstrap", "echo $* here; exit 1")
      local output, status =
         shell ".ci/elsewhere nowhere true; status=$?; rm -r .build/elsewhere/nowhere*; (exit $status)"
      assert.equal(1, status)
      assert.matches("git,make nowhere [^\n]*/nowhere%.new http://archive%.example/debian/ here\n", output)
      assert.matches("\nelsewhere: debootstrap cannot make a root of nowhere here\n$", output)
   end)

   it("whose apt has no Debian is told that", function()
      program("id", "echo 0")
      program("apt-get", "exit 0")
      assert.equal("elsewhere: apt has no archive of Debian here\n", (shell ".ci/elsewhere nowhere true"))
   end)

   it("has no Lua of a name that is misspelt", function()
      for _, given in ipairs({ "5.4", "Lua5.4", "lua5.4.6", "'lua5.4 lua5.3'", "''" }) do
         local output, status = shell("make test LUA=" .. given)
         assert.matches(
            "LUA=[^\n]* is none of: lua5%.5 lua5%.4 lua5%.3 lua5%.2 lua5%.1 luajit[^\n]*\n$",
            output
         )
         assert.equal(2, status)
      end
   end)
end)
