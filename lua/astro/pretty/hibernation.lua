--- When a Deployment sleeps and wakes, in words.

local phrase = require "astro.pretty.phrase"
local time = require "astro.time"

local hibernation = {}

local function is_past(text, now)
   local seconds = type(text) == "string" and time.parse(text)
   return seconds and seconds < now
end

---What comes next: "HIBERNATE, 2026-03-02 20:00:00 UTC, in 3 h", "WAKE, due since 2026-03-02 08:00:00 UTC, 4 h ago".
---@param status astro.Part
---@return string?
function hibernation.next_event(status)
   local kind, now = status:text "nextEventType", status.sheet.now
   local at, text = status:text "nextEventAt"
   if at and type(text) == "string" then
      at = phrase.time(text, now)
      at = is_past(text, now) and "due since " .. at or at
   end
   return kind and at and kind .. ", " .. at or kind or at
end

---What was decided by hand: "awake until 2026-12-24 18:00:00 UTC, in 9 d", "asleep until further notice (not
---active)"; with "(over)" if the time is past.
---@param override astro.Part
---@return string?
function hibernation.override(override)
   local active, asleep = override:text "isActive", override:text "isHibernating"
   local till, until_text = override:text "overrideUntil"
   if not (active or asleep or till) then
      return nil
   end
   local states = { yes = "asleep", no = "awake" }
   local text = ("%s until %s"):format(states[asleep] or asleep or "set", till or "further notice")
   local notes = { yes = "", no = " (not active)" }
   local note = notes[active] or active and " (active: " .. active .. ")" or ""
   return text .. (is_past(until_text, override.sheet.now) and " (over)" or "") .. note
end

return hibernation
