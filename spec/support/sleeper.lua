-- A Deployment that hibernates: by its schedules' word, or by an override until that ends. Its status follows after a few
-- looks. Pure: the state is a table of plain values, and the time is given, so that nginx can play it and a model too.
-- Times are RFC 3339 in UTC, which their order as strings is that of.

local sleeper = {}

---A state; `given` may have
---  asleep      what the schedules have it
---  lag         how many looks its status stays behind
---  production  no development Deployment
---  status      what it says of itself whatever it does
---  override    { isHibernating, overrideUntil }
function sleeper.new(given)
   local state = { gets = 0, posts = 0, deletes = 0, left = 0, lag = 0 }
   for name, value in pairs(given or {}) do
      state[name] = value
   end
   state.sleeps = sleeper.sleeps(state)
   return state
end

---Whether it is to sleep.
function sleeper.sleeps(state)
   if state.override then
      return state.override.isHibernating
   end
   return state.asleep or false
end

local function settle(state, now)
   local override = state.override
   if override and override.overrideUntil and override.overrideUntil <= now then
      state.override = nil
   end
   if sleeper.sleeps(state) ~= state.sleeps then
      state.sleeps, state.left = sleeper.sleeps(state), state.lag
   end
end

local function status_of(state)
   if state.status then
      return state.status
   elseif state.left > 0 then
      state.left = state.left - 1
      return state.sleeps and "HEALTHY" or "UNKNOWN"
   end
   return state.sleeps and "HIBERNATING" or "HEALTHY"
end

local function shown(override)
   return override
      and { isActive = true, isHibernating = override.isHibernating, overrideUntil = override.overrideUntil }
end

---The Deployment, as a GET gives it.
function sleeper.get(state, id, now)
   settle(state, now)
   state.gets = state.gets + 1
   return {
      id = id,
      name = "sleeper",
      status = status_of(state),
      isDevelopmentMode = not state.production,
      scalingSpec = { hibernationSpec = { override = shown(state.override) } },
   }
end

---What a POST of an override comes to.
function sleeper.set(state, body, now)
   state.posts = state.posts + 1
   state.override = { isHibernating = body.isHibernating == true, overrideUntil = body.overrideUntil }
   local answer = shown(state.override)
   settle(state, now)
   return answer
end

---What a DELETE of the override comes to.
function sleeper.clear(state, now)
   state.deletes = state.deletes + 1
   state.override = nil
   settle(state, now)
end

return sleeper
