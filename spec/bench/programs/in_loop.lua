-- lua in_loop.lua BASE CA TOKEN COUNT: fetches so often, one after another, by astro.loop.poll.

local base, ca, token, count = arg[1], arg[2], arg[3], tonumber(arg[4])

local loop = require "astro.loop.poll"
local client = require("astro").client({
   base_url = base,
   organization = "bench",
   token = token,
   ca_file = ca,
   rate = false,
   loop = loop,
})
loop.run(function()
   for _ = 1, count do
      assert(client:get_deployment "cmbench00000000000000000000")
   end
end)
