--- Pictures of Deployments for people, and their data as text. Pure: values in, a string out, without a line break
--- at its end. Every function raises on misuse, and on what cannot be written down.
---
--- A picture (`deployment`, `table`, `diff`, `log`, `history`) shows control characters and never sends them, and has `••••••`
--- where something is hidden; a line of a log hides nothing. Data (`json`, `lua`) is complete, secrets that the server
--- sent included.

local card = require "astro.pretty.card"
local changes = require "astro.pretty.changes"
local diff = require "astro.pretty.diff"
local history = require "astro.pretty.history"
local ink = require "astro.pretty.ink"
local items = require "astro.api.items"
local json = require "astro.pretty.json"
local listing = require "astro.pretty.listing"
local literal = require "astro.pretty.literal"
local log_line = require "astro.pretty.log_line"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"
local passing = require "astro.pretty.passing"
local refusal = require "astro.pretty.refusal"
local schema = require "astro.api.schema"
local terminal = require "astro.terminal"

---@class astro.pretty
local pretty = {}

local sets = { show = options.set(schema.show, {}) }
for name, rows in pairs(schema.pretty) do
   sets[name] = options.set(rows, name == "deployment" and { "base_url" } or {})
end

-- The options of a function, checked, those in `show` included.
local function read(given, name)
   local to = "pretty." .. name
   local own, transport = options.read(given, sets[name], to)
   if transport.base_url then
      options.check(transport, to)
      own.base_url = transport.base_url
   end
   own.show = options.read(own.show, sets.show, to, "show option")
   own.remedy = "a greater width"
   if own.width == "auto" then
      own.width, own.remedy = terminal.columns(), "| less -S"
   end
   return own
end

---A card: name and status, then groups of what there is. Nothing is lost: unknown fields come last.
---@param d astro.Deployment
---@param given? { color?: boolean|"auto", show?: astro.Show, now?: number, base_url?: string, width?: integer|"auto" }
---now: seconds since the epoch, from which times are counted; by default the clock's; base_url: as `astro.urls` takes
---it; width: columns that a line may take, "auto": as many as the terminal has that stdout is. Lines are broken then,
---tables that have no room are lists, and in those that have, long values of variables are cut with "…"
---@return string
function pretty.deployment(d, given)
   misuse.expect(d, "table", "d", "pretty.deployment")
   local own = read(given, "deployment")
   return ink.join(refusal.named("argument 'd'", "pretty.deployment", card.lines, d, own), own.color)
end

local function read_items(given, name, to)
   local read_ones = {}
   for item in items(given, name, to) do
      read_ones[#read_ones + 1] = item
   end
   return read_ones
end

---A row for each Deployment below a row of headings; "none" without any. Numbers are right-aligned; "-" stands for what
---is absent. A function as a column is given a Deployment as pictures show it: what is hidden is masked.
---
---In lines of a limited width there is room for status, name and id first, then for the other columns in their order.
---Cells are cut with "…", but ids, statuses and numbers stay whole; columns for which no room is left are named below.
---A table that has no room in less than 60 columns is a block for each Deployment.
---@param list astro.Deployments
---@param given? { columns?: astro.TableColumn[], width?: integer|"auto", color?: boolean|"auto", show?: astro.Show }
---columns: paths of `astro.filter.get`, or pairs of a path or a function and its heading; width: columns that a line may
---take, "auto": as many as the terminal has that stdout is
---@return string
function pretty.table(list, given)
   local own = read(given, "table")
   local deployments = read_items(list, "list", "pretty.table")
   return ink.join(
      refusal.named("argument 'list'", "pretty.table", listing.lines, deployments, own),
      own.color
   )
end

---@alias astro.TableColumn string|{ [1]: string|(fun(deployment: astro.Deployment): any), [2]: string }

---A row for each deploy below a row of headings: when, what, how long it took at the most, by whom, the rollback of
---which, and whether it runs; "none" without any. "-" stands for what is absent.
---@param rows astro.HistoryRow[]|fun(): astro.HistoryRow? as of `client:history`
---@param given? { width?: integer|"auto", color?: boolean|"auto", show?: astro.Show } as of `pretty.table`
---@return string
function pretty.history(rows, given)
   local own = read(given, "history")
   local deploys = read_items(rows, "rows", "pretty.history")
   return ink.join(refusal.named("argument 'rows'", "pretty.history", history, deploys, own), own.color)
end

---A line of a log: its time in UTC, its source, and its text in one line, where the level that it names first is in
---colour.
---@param line astro.DeploymentLogEntry
---@param given? { color?: boolean|"auto" }
---@return string
function pretty.log(line, given)
   misuse.expect(line, "table", "line", "pretty.log")
   return ink.join({ log_line(line) }, read(given, "log").color)
end

---A line for stderr that is drawn over the one before, cut to that terminal's columns; "" takes it away.
---@param text string
---@return string? bytes nil: stderr is no terminal, or one that does not know control sequences or is an editor's
function pretty.passing(text)
   misuse.expect(text, "string", "text", "pretty.passing")
   return passing(text)
end

---JSON in the schema's order, unknown keys sorted behind. It decodes to the same value. Secrets are not masked.
---Source: RFC 8259.
---@param value any a Deployment, a list or a page of them, or anything else
---@param given? { indent?: integer } indent: blanks a level, 2 by default; 0: all in one line
---@return string
function pretty.json(value, given)
   local indent = read(given, "json").indent or options.defaults(schema.pretty.json).indent
   return refusal.named("argument 'value'", "pretty.json", json.text, value, indent)
end

---The same with a mask for every secret; what identifies somebody is there.
---@param value any
---@return string
function pretty.redacted(value)
   return refusal.named("argument 'value'", "pretty.redacted", json.redacted, value)
end

---The JSON that a client sends for a table, in one line. Strings that are no UTF-8 are misuse, too.
---@param value table
---@param what string of what misuse is said: "option 'body'"
---@param to string the method that was given it
---@return string
function pretty.body(value, what, to)
   return refusal.named(what, to, json.body, value)
end

---A Lua literal in the same order: `load("return " .. text)()` gives the same value. Secrets are not masked. LuaJIT
---loads one of 65,536 tables at the most, some 3,000 Deployments; Lua 5.1 one of 262,144 different texts and numbers.
---@param value any
---@return string
function pretty.lua(value)
   return refusal.named("argument 'value'", "pretty.lua", literal, value)
end

---What changed, a line each: the path, `old → new`. Worker queues are matched by id or name, environment variables by
---key. Who changed the Deployment and when comes last.
---@param before astro.Deployment
---@param after astro.Deployment
---@param given? { color?: boolean|"auto", show?: astro.Show }
---@return string text "" if nothing changed
function pretty.diff(before, after, given)
   misuse.expect(before, "table", "before", "pretty.diff")
   misuse.expect(after, "table", "after", "pretty.diff")
   local own = read(given, "diff")
   local lines =
      refusal.named("argument 'before' or 'after'", "pretty.diff", diff.lines, before, after, own.show)
   return ink.join(lines, own.color)
end

---One change between two Deployments.
---@class astro.Change
---@field path string as `astro.filter.get` takes it
---@field old any what was there; nil: nothing
---@field new any likewise

---The same as data: paths and values as they came, nothing masked; of a secret that was set anew there is but its time.
---Without who changed the Deployment and when.
---@param before astro.Deployment
---@param after astro.Deployment
---@return astro.Change[] none if nothing else changed
function pretty.changes(before, after)
   misuse.expect(before, "table", "before", "pretty.changes")
   misuse.expect(after, "table", "after", "pretty.changes")
   local found = {}
   for i, place in
      ipairs((refusal.named("argument 'before' or 'after'", "pretty.changes", changes, before, after)))
   do
      found[i] = { path = place.path, old = place.old, new = place.new }
   end
   return found
end

return pretty
