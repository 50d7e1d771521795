-- examples/neovim, the plugin, in Neovim: :checkhealth astro and :help astro.

local nvim = require "spec.support.nvim"
local world = require "spec.support.world"

local function run(program, environment)
   return nvim.run(nvim.PLUGIN .. program, environment)
end

-- "- OK: x", "- OK x" and "- ✅ OK x", as Neovim is old or new, are "OK: x" here.
local REPORT = [[
   vim.cmd "checkhealth astro"
   say((table.concat(lines(), "\n"):gsub("%- [^%w\n]*(%u+):? ", "%1: ")))
]]

describe(":checkhealth astro", function()
   setup(nvim.build)

   it("finds nothing missing where all is there, and never shows the token", function()
      local output = run(
         "require('astro_deployments.browse').program = function() return 'xdg-open' end " .. REPORT,
         { ASTRO_API_TOKEN = "very-secret-token" }
      )
      for _, line in ipairs({
         "OK: the module is there: %d",
         "OK: JSON is read by vim.json",
         "OK: ASTRO_API_TOKEN is set",
         "OK: ASTRO_ORGANIZATION_ID is set",
         "OK: gx opens links by xdg%-open",
      }) do
         assert.matches(line, output)
      end
      assert.not_matches("ERROR", output)
      assert.not_matches("WARNING", output)
      assert.not_matches("secret", output)
   end)

   -- A report has the fault, and behind it what to do.
   local function expect(program, environment, fault, step)
      local output = run(program .. REPORT, environment)
      assert.matches(fault .. "\n%s*%- ADVICE:[^\n]*\n%s*%- " .. step, output)
      assert.not_matches("secret", output)
   end

   it("says of the token and the organization what is wrong, and where to set them", function()
      local unset = { ASTRO_API_TOKEN = "", ASTRO_ORGANIZATION_ID = false }
      local bad = { ASTRO_API_TOKEN = "secret\ntoken", ASTRO_ORGANIZATION_ID = "a/b" }
      local step = "set it where Neovim is started, or by `let %$ASTRO_"
      expect("", unset, "ERROR: ASTRO_API_TOKEN is not set", step .. "API_TOKEN")
      expect("", unset, "ERROR: ASTRO_ORGANIZATION_ID is not set", step .. "ORGANIZATION_ID")
      expect("", bad, "ERROR: ASTRO_API_TOKEN: a token without control characters expected", step)
      expect("", bad, "ERROR: ASTRO_ORGANIZATION_ID: an id of letters, [^\n]* expected", step)
   end)

   it(
      "says what to do where the module is not there, is another Lua's, or finds no libcurl or JSON",
      function()
         local folder = world.shell("mktemp -d"):gsub("\n", "")
         world.shell(("mkdir -p %s/lua/astro"):format(folder))
         local source = world.write(
            "source.c",
            "int lua_rotated(int); int luaopen_astro_core(int L) { return lua_rotated(L); }"
         )
         local built, status =
            world.shell(("cc -shared -fPIC -x c -o %s/lua/astro/core.so %s"):format(folder, source))
         assert(status == 0, built)
         local other = ("vim.opt.runtimepath:prepend(%q) "):format(folder)
         local cannot = "ERROR: the module cannot be loaded: [^\n]*"
         expect(
            other,
            {},
            cannot .. "undefined symbol: lua_rotated[^\n]*",
            "it was built for another Lua: run `make nvim`"
         )
         world.shell("rm -r " .. folder)
         local preload = "package.preload['astro.core'] = function() error('%s') end "
         local gone = preload:format "libcurl.so.4: cannot open shared object file"
         expect(gone, {}, cannot .. "libcurl[^\n]*", "install libcurl")
         expect(
            preload:format "file too short",
            {},
            cannot .. "short",
            "run `make nvim` in lua%-astro on this machine"
         )
         expect(
            "vim.json = nil ",
            {},
            cannot .. "astro needs lua%-cjson[^\n]*",
            "this Neovim has no `vim.json`: take 0.7.2"
         )
         local absent = "vim.opt.runtimepath = { 'examples/neovim', vim.env.VIMRUNTIME } "
         expect(
            absent,
            {},
            cannot .. "module 'astro.core' not found",
            "run `make nvim` in lua%-astro\n[^\n]*runtimepath"
         )
      end
   )

   it("says that gx opens nothing, and what to install", function()
      expect(
         "vim.env.PATH = '/nowhere' ",
         {},
         "WARNING: gx opens no links[^\n]*",
         "install one: [^\n]*xdg%-utils"
      )
   end)
end)

describe(":help astro", function()
   setup(nvim.build)

   it("has every command, and none that is not there", function()
      local output = run [[
         local function names(lead, kind)
            local found = vim.fn.getcompletion(lead, kind)
            table.sort(found)
            return table.concat(found, " ")
         end
         say(names(":Astro", "help"))
         say(names("Astro", "command"))
      ]]
      local commands = "AstroDeployment AstroDeployments AstroLog AstroWatch"
      assert.equal(":" .. commands:gsub(" ", " :") .. "\n" .. commands .. "\n", output)
   end)

   it("has every key of the window, as has the line of keys", function()
      local output = run [[
         serve "/sequence/HEALTHY"
         vim.cmd "AstroDeployment cmsequence"
         loaded()
         local _, line = captions()
         local found = {}
         for _, map in ipairs(vim.api.nvim_buf_get_keymap(0, "n")) do
            local shown = line:find(" " .. map.lhs .. " " .. map.desc, 1, true)
            found[#found + 1] = map.lhs .. (shown and "" or " (not shown)")
            vim.cmd("help astro-" .. map.lhs)
            vim.cmd "close"
         end
         table.sort(found)
         say(table.concat(found, ", "))
      ]]
      assert.equal("<Esc> (not shown), gx, h, q, r, w\n", output)
   end)

   it("has every group, setting and manager of plugins", function()
      local output = run [[
         vim.cmd "help astro"
         say(vim.fn.expand "%:t")
         local groups = vim.fn.getcompletion("Astro", "highlight")
         say(#groups > 8)
         for _, group in ipairs(groups) do
            vim.cmd("help hl-" .. group)
         end
         vim.cmd "help $ASTRO_API_TOKEN"
         vim.cmd "help astro-install"
         for _, name in ipairs { "vim%.pack%.add", "lazy%.nvim", "vim%-plug" } do
            say(text():find(name) ~= nil)
         end
      ]]
      assert.equal("astro.txt\ntrue\n" .. ("true\n"):rep(3), output)
   end)

   -- With a small plugin in place of this one, which would take long to build.
   it("has lines for vim.pack that fetch, build and load it", function()
      if world.shell "nvim --clean --headless -c 'lua io.write(vim.pack and 1 or 0)' -c 'qall!'" ~= "1" then
         return pending "this Neovim has no vim.pack"
      end
      local help = world.read "examples/neovim/doc/astro.txt"
      local folder = world.shell("mktemp -d"):gsub("\n", "")
      local lines = help
         :match("(\tvim%.api%.nvim_create_autocmd%b().-)\n<")
         :gsub("add %b{}", ("add({ 'file://%s/lua-astro' }, { confirm = false })"):format(folder))
      local file = assert(io.open(folder .. "/init.lua", "w"))
      file:write(lines)
      file:close()
      local output, status = world.shell(([[
         cd %s && mkdir lua-astro && cd lua-astro
         printf 'nvim:\n\tmkdir -p .build/nvim/plugin && cp loaded.lua .build/nvim/plugin\n' >Makefile
         echo 'vim.g.loaded_here = "loaded"' >loaded.lua
         export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a HOME=%s MAKEFLAGS=
         export XDG_DATA_HOME=$HOME XDG_CONFIG_HOME=$HOME XDG_STATE_HOME=$HOME XDG_CACHE_HOME=$HOME
         { git init && git add . && git commit -m all; } >../git.log 2>&1 || cat ../git.log
         cd ..
         for time in first second; do
            timeout 60 nvim -i NONE -u init.lua --headless -c 'lua io.stdout:write(vim.g.loaded_here, " ")' -c 'qall!'
         done 2>nvim.log || cat nvim.log
      ]]):format(folder, folder))
      world.shell("rm -rf " .. folder)
      assert.same({ "loaded loaded ", 0 }, { output, status })
   end)
end)
