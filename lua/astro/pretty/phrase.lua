--- Values as people read them: safe, in one line.

local decimal = require "astro.api.decimal"
local json = require "astro.pretty.json"
local safe = require "astro.pretty.safe"
local time = require "astro.time"
local tree = require "astro.pretty.tree"

local phrase = {}

-- The time in UTC that a timestamp says by its own digits. A leap second counts as the one after it.
local function written(text)
   local is_utc = text:find("^[Zz]", -1) and text:sub(18, 19) ~= "60"
   return is_utc and text:sub(1, 10) .. " " .. text:sub(12, 19) or nil
end

---A time in UTC and how far away it is; the text itself if it is no timestamp; nil for an unset time.
---@param text string
---@param now? number without it, how far away is left out
---@return string?
function phrase.time(text, now)
   local seconds, problem = time.parse(text)
   if not seconds then
      return problem and text ~= "" and safe.text(text) or nil
   end
   local words = (written(text) or time.text(seconds)) .. " UTC"
   return now and words .. ", " .. time.ago(seconds, now) or words
end

---The words for a scalar, or for a list of scalars, with commas between them; nil for anything else and for what is
---empty.
---@param value any
---@return string?
function phrase.plain(value)
   local kind = type(value)
   if kind == "string" then
      return value ~= "" and safe.text(value) or nil
   elseif kind == "boolean" then
      return value and "yes" or "no"
   elseif kind == "number" then
      return decimal.write(value)
   elseif kind ~= "table" or not tree.is_list(value) then
      return nil
   end
   local parts = {}
   for i, item in ipairs(value) do
      if type(item) == "table" then
         return nil
      end
      parts[i] = phrase.plain(item) or '""'
   end
   return table.concat(parts, ", ")
end

---The words for anything: JSON if there are no plain ones.
---@param value any
---@param field? astro.Field
---@return string
function phrase.any(value, field)
   return phrase.plain(value) or safe.text(json.line(value, field))
end

return phrase
