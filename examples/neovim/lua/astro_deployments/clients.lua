--- Calls of a client, in coroutines of the editor's loop.

local clients = {}

local kept = {} -- by organization; "": the one that ASTRO_ORGANIZATION_ID names

---Calls f with a client, as a coroutine.
---@param organization? string nil: ASTRO_ORGANIZATION_ID
---@param f fun(client: astro.Client): any, any
---@param on_done fun(value: any, more: any): ...any gets what f gives, or nil and what it raised
function clients.start(organization, f, on_done)
   local is_there, loop = pcall(require, "astro.loop.luv")
   if not is_there then
      return on_done(nil, loop)
   end
   loop.start(function()
      local name = organization or ""
      kept[name] = kept[name] or require("astro").client({ loop = loop, organization = organization })
      return f(kept[name])
   end, function(ok, value, more)
      if ok then
         on_done(value, more)
      else
         on_done(nil, value)
      end
   end)
end

return clients
