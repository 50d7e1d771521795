local hibernation = require "astro.pretty.hibernation"
local shape = require "astro.api.shape"
local Sheet = require "astro.pretty.sheet"
local time = require "astro.time"

local NOW = time.parse "2026-03-02T12:00:00Z"

local function part(owner, kind)
   return Sheet.new({}, NOW):part(owner, shape.objects["DeploymentHibernation" .. kind])
end

describe("hibernation", function()
   it("says what comes next and when", function()
      local function next_event(status)
         return hibernation.next_event(part(status, "Status"))
      end
      assert.equal(
         "WAKE, 2026-03-02 14:00:00 UTC, in 2 h",
         next_event({ nextEventType = "WAKE", nextEventAt = "2026-03-02T14:00:00Z" })
      )
      assert.equal("WAKE, <string>", next_event({ nextEventType = "WAKE", nextEventAt = "<string>" }))
      assert.equal("2026-03-02 14:00:00 UTC, in 2 h", next_event({ nextEventAt = "2026-03-02T14:00:00Z" }))
      assert.equal("SNOOZE", next_event({ nextEventType = "SNOOZE", nextEventAt = "0001-01-01T00:00:00Z" }))
      assert.is_nil(next_event({}))
   end)

   it("says that what should have come is due", function()
      local status = { nextEventType = "WAKE", nextEventAt = "2026-03-02T08:00:00Z" }
      assert.equal(
         "WAKE, due since 2026-03-02 08:00:00 UTC, 4 h ago",
         hibernation.next_event(part(status, "Status"))
      )
   end)

   it("says what was decided by hand", function()
      local function override(value)
         return hibernation.override(part(value, "Override"))
      end
      assert.equal(
         "awake until 2026-03-04 12:00:00 UTC, in 2 d",
         override({ isActive = true, isHibernating = false, overrideUntil = "2026-03-04T12:00:00Z" })
      )
      assert.equal(
         "awake until 2026-02-28 12:00:00 UTC, 2 d ago (over)",
         override({ isActive = true, isHibernating = false, overrideUntil = "2026-02-28T12:00:00Z" })
      )
      assert.equal("asleep until further notice", override({ isActive = true, isHibernating = true }))
      assert.equal(
         "asleep until further notice (not active)",
         override({ isActive = false, isHibernating = true })
      )
      assert.equal("set until further notice", override({ isActive = true }))
      assert.is_nil(override({}))
   end)
end)
