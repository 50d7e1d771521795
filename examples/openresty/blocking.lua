--- Runs in threads of nginx: each has a Lua state of its own, where a call may block.

local astro = require "astro"

-- Lives as long as the thread's state, and its connections with it. Eight threads share the API's 25 GETs a second, and
-- no dictionary.
local client = astro.client({ rate = 25 / 8 })

return {
   ---Strings go back to the request. A table would, too, but not an error's metatable.
   ---@param id string
   ---@return string? status
   ---@return string? kind of the error
   ---@return string? message
   status = function(id)
      local deployment, message, err = client:get_deployment(id)
      if deployment then
         return deployment.status
      end
      return nil, err.kind, message
   end,
}
