--- When a Deployment sleeps, in words.

local cron = require "astro.pretty.cron"
local phrase = require "astro.pretty.phrase"

local hibernation = {}

---"HIBERNATE, 2026-03-02 20:00:00 UTC, in 3 h"
---@param sheet astro.Sheet
---@param status table
---@return string?
function hibernation.next_event(sheet, status)
   local kind = sheet:text(status, "DeploymentHibernationStatus", "nextEventType")
   local at = sheet:text(status, "DeploymentHibernationStatus", "nextEventAt")
   if at and type(status.nextEventAt) == "string" then
      at = phrase.time(status.nextEventAt, sheet.now)
   end
   return kind and at and kind .. ", " .. at or kind or at
end

---"awake until 2026-12-24 18:00:00 UTC, in 9 d", "asleep until further notice (not active)"
---@param sheet astro.Sheet
---@param override table
---@return string?
function hibernation.override(sheet, override)
   local function of(name)
      return sheet:text(override, "DeploymentHibernationOverride", name)
   end
   local active, asleep, till = of "isActive", of "isHibernating", of "overrideUntil"
   if not (active or asleep or till) then
      return nil
   end
   local states = { yes = "asleep", no = "awake" }
   local text = ("%s until %s"):format(states[asleep] or asleep or "set", till or "further notice")
   local notes = { yes = "", no = " (not active)" }
   return text .. (notes[active] or active and " (active: " .. active .. ")" or "")
end

---A schedule's cron text in words, where it has a usual form.
---@param text string
---@return string
function hibernation.schedule(text)
   return cron.words(text) or text
end

return hibernation
