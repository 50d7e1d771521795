-- How long a 2 s fetch keeps Neovim from a 50 ms timer: the worst gap between two ticks, with a loop and
-- without. Run it beside the stand-in, after `make nvim`:
--
--   nvim --clean --headless --cmd 'set runtimepath^=.build/nvim' -c 'luafile spec/bench/loops_nvim.lua' -c 'qall!'

local astro = require "astro"
local luv = require "astro.loop.luv"

local uv = vim.uv or vim.loop

local TICK_MS = 50

local function measure(name, loop)
   local client = astro.client({ loop = loop, base_url = vim.env.ASTRO_API_URL .. "/slow/2" })
   local ticks, worst, last, is_over = 0, 0, uv.hrtime(), false
   local timer = uv.new_timer()
   timer:start(TICK_MS, TICK_MS, function()
      local now = uv.hrtime()
      ticks, worst, last = ticks + 1, math.max(worst, now - last), now
   end)
   local function fetch()
      assert(client:get_deployment "cm")
      vim.defer_fn(function() -- the ticks that are late come first
         is_over = true
      end, 2 * TICK_MS)
   end
   if loop then
      loop.start(fetch)
   else
      fetch()
   end
   vim.wait(10000, function()
      return is_over
   end, 5)
   timer:close()
   client:close()
   io.write(
      ("Neovim, %-8s  %3d ticks of %d ms, worst gap %4.0f ms\n"):format(name, ticks, TICK_MS, worst / 1e6)
   )
end

measure("loop", luv)
measure("blocking", nil)
