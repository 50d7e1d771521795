-- Shows what becomes of Deployments, those of the given ids or all: on a terminal by a table that follows them,
-- elsewhere by a line for each change. Ctrl-C ends it.
--   lua5.4 examples/watch.lua [SECONDS [ID...]]     with ASTRO_API_TOKEN and ASTRO_ORGANIZATION_ID set
-- Looks every 10 s, if not said otherwise. Exits with 1 where the service refuses it for good.

local astro = require "astro"

local seconds = tonumber(arg[1] or 10)
if not seconds then
   local is_help = arg[1] == "-h"
   local to = is_help and io.stdout or io.stderr
   to:write(("usage: %s %s [SECONDS [ID...]]\n"):format(arg[-1], arg[0]))
   os.exit(is_help and 0 or 2)
end
local ids = arg[2] and { (table.unpack or unpack)(arg, 2) } or nil

local answer = os.execute "test -t 1"
local is_terminal = answer == true or answer == 0 -- 0: Lua 5.1

local function brief(deployment)
   return deployment and { name = deployment.name, status = deployment.status } or {}
end

-- A line for each change; control characters are shown, not sent.
local function text_of(event)
   local id = event.id and " " .. event.id:gsub("%c", "?") or ""
   local head = os.date "!%H:%M:%S  " .. event.kind .. id
   if event.err then
      return ("%s: %s"):format(head, event.err.message)
   end
   local before, after = brief(event.before), brief(event.after)
   if event.kind == "changed" then
      before, after = event.before, event.after
   end
   local changes = astro.pretty.diff(before, after, { color = "auto" })
   return head .. "\n" .. changes:gsub("[^\n]+", "   %0")
end

local found = {}

local function draw(text)
   local list = {}
   for _, deployment in pairs(found) do
      list[#list + 1] = deployment
   end
   local picture = astro.pretty.table(astro.filter.sort_by(list, { "name", "id" }), { color = "auto" })
   io.write("\27[H\27[2J", picture, "\n\n", text, "\n")
end

local function follow()
   for event in astro.client():watch(ids, { interval = seconds, initial = true }) do
      local text = text_of(event)
      if event.kind ~= "failed" then
         found[event.id] = event.after
      end
      if not is_terminal then
         print(text)
      elseif event.left == 0 then
         draw(text)
      end
      io.flush()
   end
end

local ok, raised = pcall(follow)
if not ok and tostring(raised):find "interrupted!$" then
   os.exit(130)
elseif not ok then
   io.stderr:write(tostring(raised), "\n")
   os.exit(1)
end
