--- Deploys as a table, a row each.

local masked = require "astro.pretty.masked"
local overview = require "astro.pretty.overview"
local phrase = require "astro.pretty.phrase"

local SUBJECT = { type = "BasicSubjectProfile" }

local OF_STATUS = { DEPLOYED = "healthy", FAILED = "unhealthy", INITIALIZED = "changing" }

-- Such as "48s", "3m 05s", "1h 02m".
local function span(seconds)
   if type(seconds) ~= "number" or not (seconds >= 0 and seconds < 1e9) then
      return nil
   end
   seconds = math.floor(seconds + 0.5)
   local minutes = math.floor(seconds / 60)
   if minutes == 0 then
      return ("%ds"):format(seconds)
   elseif minutes < 60 then
      return ("%dm %02ds"):format(minutes, seconds % 60)
   end
   return ("%dh %02dm"):format(math.floor(minutes / 60), minutes % 60)
end

local function table_of(value)
   return type(value) == "table" and value or {}
end

local function commit_of(deploy)
   local commit = table_of(deploy.git).commitSha
   return type(commit) == "string" and commit:sub(1, 7) or commit
end

local function author_of(deploy)
   local git = table_of(deploy.git)
   return git.authorName or git.authorUsername
end

local function who(deploy, show)
   local subject = masked.part(table_of(deploy.createdBySubject), SUBJECT, show)
   local username = subject.username ~= masked.MASK and subject.username or nil
   return subject.fullName or subject.apiTokenName or username or subject.id
end

local function time_of(deploy)
   return type(deploy.createdAt) == "string" and phrase.time(deploy.createdAt) or nil
end

-- A heading and what stands below it, and each column's manner in lines that are too narrow for all; only what is
-- right-aligned has `is_right`.
local COLUMNS = {
   { "CREATED", time_of, stays = true, is_title = true },
   { "TYPE", "type" },
   { "STATUS", "status", stays = true, is_title = true },
   {
      "TOOK",
      function(deploy)
         return span(deploy.took)
      end,
      is_right = true,
   },
   { "IMAGE", "imageTag", least = 12 },
   { "COMMIT", commit_of },
   { "AUTHOR", author_of, least = 8 },
   { "WHO", who, least = 8 },
   { "ROLLBACK OF", "rollbackFromId" },
   { "ID", "id", stays = true },
   {
      "RUNS",
      function(deploy)
         return deploy.runs
      end,
      stays = true,
   },
}

local function style_of(heading, value)
   if heading == "RUNS" then
      return "healthy"
   elseif heading == "STATUS" then
      return OF_STATUS[value] or "unknown"
   end
   return value == masked.MASK and "masked" or nil
end

local function cell_of(deploy, column, show)
   local wanted = column[2]
   local value
   if type(wanted) == "function" then
      value = wanted(deploy, show)
   else
      value = deploy[wanted]
   end
   if value == nil or value == "" then
      return { "-", "quiet" }
   end
   return { phrase.any(value), style_of(column[1], value) }
end

---@param deploys table[]
---@param own { show: astro.Show, width?: integer, remedy?: string }
---@return astro.Line[]
return function(deploys, own)
   local rows, is_right = { {} }, {}
   for i, column in ipairs(COLUMNS) do
      rows[1][i], is_right[i] = { column[1], "head" }, column.is_right
   end
   for j, deploy in ipairs(deploys) do
      rows[j + 1] = {}
      for i, column in ipairs(COLUMNS) do
         rows[j + 1][i] = cell_of(deploy, column, own.show)
      end
   end
   return overview(rows, is_right, COLUMNS, own)
end
