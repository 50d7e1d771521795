-- Follows the log of a Deployment until Ctrl-C, in colour on a terminal.
--   lua5.4 examples/tail.lua [-n] [--sources A,B] [--since 2h] ID    with ASTRO_API_TOKEN and ASTRO_ORGANIZATION_ID set

local astro = require "astro"

local USAGE = ([[
usage: %s %s [OPTION...] DEPLOYMENT_ID
  --sources A,B  of these alone: scheduler, triggerer, worker, webserver, dag-processor, apiserver
  --since SINCE  from then on: 90s, 10m (this, if not said otherwise), 2h, 1d or 2026-11-27T12:00:00Z
  -n             what there is now; does not follow
  -h             prints this
]]):format(arg[-1], arg[0])

local function fail(status, message)
   io.stderr:write((tostring(message):gsub("\n$", "")), "\n")
   os.exit(status)
end

-- Options of each_log, and the id.
local function read(arguments)
   local given, id, place = { since = "10m", follow = true }, nil, 1
   while arguments[place] do
      local word, value = arguments[place], arguments[place + 1]
      if word == "-h" then
         io.write(USAGE)
         os.exit(0)
      elseif word == "-n" then
         given.follow = false
      elseif word == "--sources" and value then
         given.sources, place = {}, place + 1
         for source in value:gmatch "[^,]+" do
            table.insert(given.sources, source)
         end
      elseif word == "--since" and value then
         given.since, place = value, place + 1
      elseif word:sub(1, 1) == "-" or id then
         fail(2, USAGE)
      else
         id = word
      end
      place = place + 1
   end
   return id or fail(2, USAGE), given
end

local id, given = read(arg)
local client = astro.client()
local is_good, lines = pcall(client.each_log, client, id, given)
if not is_good then
   fail(2, lines)
end

io.stdout:setvbuf "line"
local ok, err = pcall(function()
   for line in lines do
      print(astro.pretty.log(line, { color = "auto" }))
   end
end)
client:close()
if not ok and type(err) == "string" and err:find "interrupted!$" then
   os.exit(130)
elseif not ok then
   fail(1, err)
end
