local world = require "spec.support.world"
local core = require "astro.core"

local function fetch(body, max_body)
   local base_url = world.answer("200 OK", body)
   return core.get_deployment(nil, "x", world.token(), { base_url = base_url, max_body = max_body })
end

describe("buffer", function()
   for _, size in ipairs({ 10, 255, 256, 257, 511, 512, 513, 65536, 1000003 }) do
      it(("holds %d bytes, and not one more than its limit"):format(size), function()
         local text = ("a"):rep(size - #'{"a":""}')
         local body = '{"a":"' .. text .. '"}'
         assert.equal(text, assert(fetch(body, size)).a)
         local _, _, err = fetch(body, size - 1)
         assert.equal("too_large", err.kind)
         assert.equal(text, assert(fetch(body, size)).a)
      end)
   end
end)
