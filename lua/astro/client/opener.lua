--- The client's own ways into a call, for methods that stand in files of their own. The client fills them in.

---@class astro.Opener
---@field begin fun(self: astro.Client, name: string, given?: table): astro.Call
---@field open fun(self: astro.Client, name: string) raises if the client is closed
---@field blocking fun(self: astro.Client): astro.Client one that blocks, with the same options; its own to close
---@field organization_of fun(call: astro.Call): string
local opener = {}

return opener
