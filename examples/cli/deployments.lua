--- Deployments as somebody at a terminal means and sees them: by name or id, and as they change.

local arguments = require "cli.arguments"
local astro = require "astro"
local core = require "astro.core"
local program = require "cli.program"

local deployments = {}

-- Such as cm1v2... with 25 letters and digits. Of what looks like one nobody asks whether it is a name.
local function is_id(word)
   return #word >= 20 and word:find "^c[%l%d]*%d[%l%d]*$" ~= nil
end

-- The service keeps blanks around a name; a token with few permissions gets none.
local function trimmed(name)
   return type(name) == "string" and name:match "^%s*(.-)%s*$" or ""
end

local function find(all, word)
   local ids, names = {}, {}
   for _, deployment in ipairs(all) do
      local name = trimmed(deployment.name)
      names[#names + 1] = name ~= "" and name or nil
      if (name ~= "" and name == trimmed(word)) or deployment.id == word then
         ids[#ids + 1] = deployment.id
      end
   end
   if #ids > 1 then
      error(("%d Deployments are called '%s': %s"):format(#ids, word, table.concat(ids, ", ")), 0)
   end
   return ids[1] or error(("no Deployment is called '%s'%s"):format(word, arguments.meant(word, names)), 0)
end

---The ids of Deployments. Names are looked for in the list, which is asked for once.
---@param client astro.Client
---@param words string[] ids or names
---@return string[]
function deployments.ids(client, words)
   local ids, all = {}, nil
   for i, word in ipairs(words) do
      if not is_id(word) then
         all = all or program.need(client:all_deployments())
      end
      ids[i] = is_id(word) and word or find(all, word)
   end
   return ids
end

---The names of all, as a shell completes them; none where they are not to be had.
---@param client astro.Client
---@return string[][] rows a name, and how that Deployment is
function deployments.names(client)
   local rows = {}
   for _, deployment in ipairs(client:all_deployments() or {}) do
      local name = trimmed(deployment.name)
      rows[#rows + 1] = name ~= "" and name == program.safe(name) and { name, deployment.status } or nil
   end
   return rows
end

local function is_screen()
   return astro.terminal.columns "stdout" ~= nil and (os.getenv "TERM" or "dumb") ~= "dumb"
end

-- From the top of the screen on. What has no room there is not seen, as watch(1) has it; the last line stays free.
local function draw(picture)
   local row = 0
   local rows = (picture .. "\n"):gsub("([^\n]*)\n", function(line)
      row = row + 1
      return ("\27[%d;1H\27[K%s"):format(row, line)
   end)
   program.print("\27[H\27[2J" .. rows, ("\27[%d;1H\27[K"):format(row + 1))
end

---Prints a picture of Deployments, anew after each look that found another state: on a terminal in place of the last.
---@param client astro.Client
---@param ids? string[] nil: all
---@param given table flags: json, interval
---@param picture fun(all: astro.Deployment[]): string
function deployments.follow(client, ids, given, picture)
   local known, failures = {}, {}
   for event in client:watch(ids, { interval = given.interval or 10, initial = true }) do
      if event.err then
         failures[#failures + 1] = event.err.message
      else
         known[event.id] = event.after
      end
      if event.left == 0 then
         local all = {}
         for _, deployment in pairs(known) do
            all[#all + 1] = deployment
         end
         local print_it = is_screen() and not given.json and draw or program.print
         print_it(picture(all))
         for _, message in ipairs(failures) do
            program.say(message)
         end
         failures = {}
      end
   end
end

local function brief(deployment)
   return deployment and { name = deployment.name, status = deployment.status } or {}
end

---What became of a Deployment: when, what, and what is otherwise in lines below.
---@param event astro.WatchEvent
---@return string
function deployments.text_of(event)
   local head = os.date "!%H:%M:%S  " .. event.kind .. (event.id and " " .. program.safe(event.id) or "")
   if event.err then
      return ("%s: %s"):format(head, event.err.message)
   end
   local before, after = brief(event.before), brief(event.after)
   if event.kind == "changed" then
      before, after = event.before, event.after
   end
   return head .. "\n" .. astro.pretty.diff(before, after, { color = "auto" }):gsub("[^\n]+", "   %0")
end

local function masked(deployment)
   return core.decode(astro.pretty.redacted(deployment))
end

---What differs between two Deployments, as data with secrets masked.
---@param before astro.Deployment
---@param after astro.Deployment
---@return astro.Change[]
function deployments.changes(before, after)
   local changes, old, new = astro.pretty.changes(before, after), masked(before), masked(after)
   for i, change in ipairs(changes) do
      local path = change.path
      changes[i] = { path = path, old = astro.filter.get(old, path), new = astro.filter.get(new, path) }
   end
   return changes
end

---What became of a Deployment, as data.
---@param event astro.WatchEvent
---@return table
function deployments.data_of(event)
   return {
      kind = event.kind,
      id = event.id,
      after = event.after,
      changes = event.changes and deployments.changes(event.before, event.after),
      error = event.err and event.err.message,
   }
end

return deployments
