local world = require "spec.support.world"

describe("make release", function()
   local folder

   local function shell(command)
      return world.shell(("cd %s/tree && %s"):format(folder, command))
   end

   local function release(arguments)
      return shell("env -u MAKEFLAGS -u MAKELEVEL make -s release " .. arguments)
   end

   before_each(function()
      folder = world.shell("mktemp -d"):gsub("\n", "")
      local output, status = world.shell(
         ("mkdir %s/tree && cp -r .ci Makefile CHANGELOG.md *.rockspec src lua %s/tree"):format(
            folder,
            folder
         )
      )
      assert.equal(0, status, output)
      shell "git init -q && git config user.name a && git config user.email a@example.com"
      shell "git add -A && git commit -qm all"
   end)

   after_each(function()
      world.shell("rm -rf " .. folder)
   end)

   it("writes version, changelog and rockspec, and tags them", function()
      local output, status = release "VERSION=7.8.9 check=true"
      assert.equal(0, status, output)
      assert.matches('ASTRO_VERSION "7%.8%.9"', world.read(folder .. "/tree/src/version.h"))
      assert.matches("\n## 7%.8%.9 %(%d+%-%d+%-%d+%)\n", world.read(folder .. "/tree/CHANGELOG.md"))
      local rockspec = world.read(folder .. "/tree/astro-7.8.9-1.rockspec")
      assert.matches('\nversion = "7%.8%.9%-1"\n', rockspec)
      assert.matches('\n   tag = "v7%.8%.9",\n', rockspec)
      assert.equal("", (shell "git status --porcelain"))
      assert.equal("v7.8.9\n", (shell "git describe"))
      output, status = release "VERSION=7.8.9 check=true"
      assert.same({ "release: v7.8.9 is there already", true }, { output:match "^[^\n]*", status ~= 0 })
   end)

   for problem, given in pairs({
      ["VERSION=x.y.z expected, got 'soon'"] = "VERSION=soon check=true",
      ["VERSION=x.y.z expected, got ''"] = "check=true",
      ["'false' failed"] = "VERSION=7.8.9 check=false",
   }) do
      it("refuses: " .. problem, function()
         local output, status = release(given)
         assert.is_truthy(output:find("release: " .. problem, 1, true), output)
         assert.is_true(status ~= 0)
         assert.equal("", (shell "git tag; git status --porcelain"))
      end)
   end

   it("refuses a tree that is not clean", function()
      shell "echo >> CHANGELOG.md"
      local output, status = release "VERSION=7.8.9 check=true"
      assert.matches("release: the tree is not clean", output)
      assert.is_true(status ~= 0)
   end)
end)
