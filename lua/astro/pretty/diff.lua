--- What changed between two Deployments, as a picture.

local changes = require "astro.pretty.changes"
local json = require "astro.pretty.json"
local masked = require "astro.pretty.masked"
local phrase = require "astro.pretty.phrase"
local safe = require "astro.pretty.safe"
local width = require "astro.pretty.width"

local diff = {}

local ABSENT = "(absent)"

local function words(value, field)
   if value == nil then
      return ABSENT
   end
   return phrase.any(value, field)
end

-- The words for what was and what is. If they are the same, as of "1" and 1, JSON tells the two apart.
local function words_of(place, show)
   local field = place.field
   if place.is_hidden then
      return place.old == nil and ABSENT or masked.MASK, place.new == nil and ABSENT or masked.MASK
   end
   local old, new = masked.part(place.old, field, show), masked.part(place.new, field, show)
   local before, after = words(old, field), words(new, field)
   if before == after then
      return safe.text(json.line(old, field)), safe.text(json.line(new, field))
   end
   return before, after
end

local function row_of(place, show)
   local before, after = words_of(place, show)
   return {
      path = safe.text(place.path),
      before = before,
      after = after,
      note = before == after and " (changed)" or "",
   }
end

---The changes as lines, the noise last.
---@param before table
---@param after table
---@param show astro.Show
---@return astro.Line[] lines none if nothing changed
function diff.lines(before, after, show)
   local rows, widest = {}, 0
   for _, places in ipairs({ changes(before, after, show) }) do
      for _, place in ipairs(places) do
         local row = row_of(place, show)
         rows[#rows + 1], widest = row, math.max(widest, width.of(row.path))
      end
   end
   local lines = {}
   for i, change in ipairs(rows) do
      lines[i] = {
         { change.path, "label" },
         { width.blanks(change.path, widest) .. "  " },
         { change.before, "old" },
         { " → " },
         { change.after, "new" },
         { change.note, "quiet" },
      }
   end
   return lines
end

return diff
