-- Deployments at a terminal, each by its id or its name: `astro.lua --help` says what there is.
--   lua5.4 examples/astro.lua list     with ASTRO_API_TOKEN and ASTRO_ORGANIZATION_ID set

package.path = package.path .. ";" .. (arg[0]:match "^.*/" or "./") .. "?.lua"
local program = require "cli.program"
local completion = require "cli.completion"
local deployments = require "cli.deployments"
local astro = require "astro"

local need = program.need

local function statuses()
   return completion.words(astro.enums.status)
end

local function names()
   return deployments.names(astro.client({ timeout = 3, retries = 0 }))
end

-- stylua: ignore start
local JSON, JSON_LINES = program.JSON, program.JSON_LINES
local PATHS = { name = "json", help = "print JSON: paths, with what is there" }
local WATCH = { name = "watch", help = "go on, and print it anew after each change" }
local INTERVAL = { name = "interval", takes = "SECONDS", read = tonumber, help = "between two looks; else 10" }
local TIMEOUT = { name = "timeout", takes = "SECONDS", read = tonumber, help = "the longest wait; else 600" }
local WAIT = { name = "wait", help = "wait until it is so" }
local UNTIL = { name = "until", takes = "WHEN", help = "its end: 2h, 1d12h or 2026-11-27T12:00:00Z; else none" }
local STATUS = { name = "status", takes = "STATUS", values = statuses, help = "which one; else HEALTHY" }
local FOLLOW = { name = "follow", short = "f", help = "go on as lines come" }
local SINCE = { name = "since", takes = "SINCE", help = "from then on: 10m, 2h or 2026-11-27T12:00:00Z; else 1h" }
local SOURCES = { name = "sources", takes = "SOURCES", read = program.split, help = "of these: scheduler,worker,..." }
-- stylua: ignore end

-- A client, and the ids of the Deployments that the arguments mean.
local function begin(given)
   local client = astro.client({ progress = true })
   return client, deployments.ids(client, given)
end

local function card(deployment)
   return astro.pretty.deployment(deployment, { color = "auto", width = "auto" })
end

local function table_of(all)
   return astro.pretty.table(all, { color = "auto", width = "auto" })
end

local function get(given)
   local client, ids = begin(given)
   if not given.watch then
      program.print(program.text(given, need(client:get_deployment(ids[1])), card))
      return
   end
   deployments.follow(client, ids, given, function(found)
      local deployment = found[1] or error(("deployment %s is gone"):format(ids[1]), 0)
      return program.text(given, deployment, card)
   end)
end

local function list(given)
   local client = astro.client({ progress = true })
   local function picture(all)
      return program.text(given, astro.filter.sort_by(all, { "name", "id" }), table_of)
   end
   if not given.watch then
      program.print(picture(need(client:all_deployments())))
      return
   end
   deployments.follow(client, nil, given, picture)
end

local function diff(given)
   local client, ids = begin(given)
   local one, other = need(client:get_deployment(ids[1])), need(client:get_deployment(ids[2]))
   local text = program.text(given, deployments.changes(one, other), function()
      return astro.pretty.diff(one, other, { color = "auto" })
   end)
   if text ~= "" then
      program.print(text)
   end
end

local function status_of(deployment)
   return deployment.status
end

local function wait(given)
   local client, ids = begin(given)
   local wanted = { status = given.status, timeout = given.timeout, interval = given.interval or 10 }
   program.print(program.text(given, need(client:wait_for(ids[1], wanted)), status_of))
end

local function line_of(line)
   return astro.pretty.log(line, { color = "auto" })
end

local function log(given)
   local client, ids = begin(given)
   local wanted = { since = given.since, sources = given.sources, follow = given.follow }
   local is_empty = true
   for line in client:each_log(ids[1], wanted) do
      program.print(program.text(given, line, line_of))
      is_empty = false
   end
   if is_empty then
      program.say(("no lines: --since %s"):format(given.since or "1h"))
   end
end

local function watch(given)
   local client, ids = begin(given)
   local wanted = { interval = given.interval or 10, initial = true }
   for event in client:watch(ids[1] and ids, wanted) do
      program.print(program.text(given, deployments.data_of(event), function()
         return deployments.text_of(event)
      end))
   end
end

local function deploys(rows)
   return astro.pretty.history(rows, { color = "auto", width = "auto" })
end

local function history(given)
   local client, ids = begin(given)
   program.print(program.text(given, need(client:history(ids[1])), deploys))
end

-- What hibernates or wakes a Deployment, and says whether it had to.
local function override(method, done)
   return function(given)
      local client, ids = begin(given)
      local wanted = { until_ = given["until"], wait = given.wait, timeout = given.timeout }
      local deployment, is_changed = need(client[method](client, ids[1], wanted))
      program.print(program.text(given, deployment, function()
         return ("%s  %s"):format(ids[1], is_changed and done or "unchanged")
      end))
   end
end

local main

local function complete(given)
   completion.print_words(main, given)
end

-- stylua: ignore
local COMMANDS = {
   { name = "get", arguments = "DEPLOYMENT", values = names, flags = { JSON, WATCH, INTERVAL }, run = get,
     help = "print a Deployment as a card" },
   { name = "list", flags = { JSON, WATCH, INTERVAL }, run = list,
     help = "print all Deployments as a table" },
   { name = "diff", arguments = "DEPLOYMENT DEPLOYMENT", values = names, flags = { PATHS }, run = diff,
     help = "print what differs between two; nothing where they are equal" },
   { name = "wait", arguments = "DEPLOYMENT", values = names, run = wait,
     flags = { STATUS, TIMEOUT, INTERVAL, JSON },
     help = "wait until one has a status, and print that" },
   { name = "log", arguments = "DEPLOYMENT", values = names, run = log,
     flags = { FOLLOW, SINCE, SOURCES, JSON_LINES },
     help = "print the log of one" },
   { name = "watch", arguments = "[DEPLOYMENT...]", values = names, flags = { INTERVAL, JSON_LINES }, run = watch,
     help = "print what becomes of some, or of all, until Ctrl-C" },
   { name = "history", arguments = "DEPLOYMENT", values = names, flags = { JSON }, run = history,
     help = "print the deploys of one as a table, the newest first" },
   { name = "hibernate", arguments = "DEPLOYMENT", values = names, run = override("hibernate", "hibernated"),
     flags = { UNTIL, WAIT, TIMEOUT, JSON },
     help = "put one for development to sleep, whatever its schedules say" },
   { name = "wake", arguments = "DEPLOYMENT", values = names, run = override("wake", "woken"),
     flags = { UNTIL, WAIT, TIMEOUT, JSON },
     help = "wake one, whatever its schedules say" },
   { name = "completion", arguments = "SHELL", values = completion.shells, run = completion.print_script,
     help = completion.HELP },
   { name = "__complete", arguments = "[WORD...]", run = complete, is_hidden = true, help = "" },
}

main = {
   commands = COMMANDS,
   help = [[
Deployments of Astronomer's Astro API, at a terminal. DEPLOYMENT is an id or a
name. ASTRO_API_TOKEN is the token, ASTRO_ORGANIZATION_ID the organization where
the token does not say it.]],
}
program.main(main)
