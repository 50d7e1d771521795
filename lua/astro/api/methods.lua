--- The options of single methods of a client, beside those that every call takes, or in their place.

-- Of what waits for a status; `whole` is what `timeout` is for.
local function waiting(whole)
   return {
      { name = "timeout", type = "seconds", default = 600, min = 0.001, max = 604800, text = whole },
      {
         name = "interval",
         type = "seconds",
         default = 5,
         min = 0.001,
         max = 3600,
         text = "between two looks",
      },
      { name = "on_poll", type = "function", text = "`function(deployment | nil, err | nil, elapsed)`" },
   }
end

local function joined(rows, others)
   local all = {}
   for _, list in ipairs({ rows, others }) do
      for _, row in ipairs(list) do
         all[#all + 1] = row
      end
   end
   return all
end

-- Ten years, in seconds. A greater number is a time since the epoch, and meant for something else.
local LONGEST_OVERRIDE = 315360000

local until_ = {
   name = "until_",
   type = "till",
   min = 1,
   max = LONGEST_OVERRIDE,
   text = 'when the override ends: `"2h"`, `"1d12h"`, seconds from now, or a time by RFC 3339; without it, never',
}
local wait = { name = "wait", type = "boolean", default = false, text = "`true`: until it is so" }
local of_override = joined({ until_, wait }, waiting "the whole call, its wait too")

local params = { name = "params", type = "table", text = "what fills the path's braces" }

return {
   get_deployments = {
      { name = "list", type = "boolean", default = true, text = "`false`: single GETs from the start" },
      { name = "deadline", type = "seconds", min = 0.001, max = 86400, text = "for all of them" },
      { name = "on_progress", type = "function", text = "`function(done, total)`" },
   },
   wait_for = joined({
      { name = "status", type = "status", default = "HEALTHY", text = "one, a list, or a function" },
   }, waiting "the whole wait"),
   hibernate = of_override,
   wake = of_override,
   resume_schedule = joined({ wait }, waiting "the whole call, its wait too"),
   while_awake = joined({ until_ }, waiting "until the function is called"),
   watch = {
      {
         name = "interval",
         type = "seconds",
         default = 30,
         min = 0.001,
         max = 86400,
         text = "from look to look",
      },
      {
         name = "initial",
         type = "boolean",
         default = false,
         text = "`true`: the first look tells of each Deployment as one that appeared",
      },
   },
   each = { params },
   each_log = {
      { name = "sources", type = "strings", text = "whose lines; by default all that are known" },
      {
         name = "since",
         type = "moment",
         default = "1h",
         min = 0,
         max = 253402300799,
         text = "from when on: seconds since the epoch, how long ago or a timestamp",
      },
      { name = "till", type = "moment", min = 0, max = 253402300799, text = "until when; not with `follow`" },
      { name = "search", type = "string", text = "lines that have this" },
      { name = "follow", type = "boolean", default = false, text = "`true`: goes on as lines come" },
      {
         name = "interval",
         type = "seconds",
         default = 5,
         min = 0.001,
         max = 3600,
         text = "between two requests of a follow",
      },
      {
         name = "window",
         type = "seconds",
         default = 60,
         min = 0,
         max = 86400,
         text = "how late a line of a follow may come",
      },
   },
   request = {
      params,
      { name = "query", type = "table", text = "names and values; a list repeats its name" },
      { name = "body", type = "body", text = "a table, sent as JSON, or a string, sent as it is" },
   },
}
