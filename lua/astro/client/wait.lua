--- Waits for a status. Pure policy: looking, sleeping and the clock are given.

local core = require "astro.core"
local failure = require "astro.client.failure"
local later = require "astro.api.later"
local log = require "astro.client.log"
local misuse = require "astro.api.misuse"

local wait = {}

-- Failures that no further look would mend.
local FINAL = { unauthorized = true, forbidden = true, invalid = true, cancelled = true }

-- Seconds. A Deployment may not be there yet right after it was made.
local NOT_FOUND_PATIENCE = 60

local function is_final(err, since_success)
   return err.final or FINAL[err.kind] or (err.kind == "not_found" and since_success >= NOT_FOUND_PATIENCE)
end

-- The words of a field, whatever the service put there.
local function words(value)
   return core.one_line(tostring(value))
end

local function timed_out(id, elapsed, deployment, err)
   local state = "nothing was seen"
   if deployment then
      local reason = words(deployment.statusReason or "")
      state = "status " .. words(deployment.status) .. (reason ~= "" and " (" .. reason .. ")" or "")
   end
   local text = ("wait for deployment %s: timeout: after %d s: %s"):format(
      id,
      math.floor(elapsed + 0.5),
      state
   )
   if err then
      text = text .. "; last look: " .. err.message
   end
   return failure.new("timeout", text, { deployment = deployment, attempts = err and err.attempts })
end

---How far a wait has come: what is most to be read first.
---@param id string
---@param deployment? astro.Deployment as it was seen last
---@param err? astro.Error that of the last look
---@return string
function wait.told(id, deployment, err)
   local status = deployment and deployment.status or "not seen yet"
   local why = err and err.message or deployment and deployment.statusReason or ""
   return ("%s  %s  %s"):format(tostring(status), id, tostring(why))
end

---A test for the wished status. Raises for a status close to a known one; tells the log of another unknown one, which
---may be new.
---@param wished string|string[]|fun(deployment: table): any
---@param to_log? function the client's log
---@return fun(deployment: table): any
function wait.test(wished, to_log)
   if type(wished) == "function" then
      return wished
   end
   local set = {}
   local known = later("astro.api.shape").enums.status -- the data of all fields, which only who waits needs
   for _, status in ipairs(type(wished) == "table" and wished or { wished }) do
      local meant = misuse.meant(status, known)
      if meant then
         misuse.raise(
            ("bad option 'status' to 'wait_for' (unknown status; did you mean '%s'?)"):format(meant)
         )
      elseif core.nearest(status, known) ~= status then
         log.write(to_log, "warn", "waiting for a status that this library does not know: " .. status, {})
      end
      set[status] = true
   end
   return function(deployment)
      return set[deployment.status]
   end
end

---What a look comes to where the call must end before its time.
---@param id string
---@param why string
---@return nil
---@return string message
---@return astro.Error err
function wait.cancelled(id, why)
   return failure.new("cancelled", ("wait for deployment %s: cancelled: %s"):format(id, why))
end

---Looks until the Deployment is as wished or a failure is final. The last look comes after the time is over.
---@param id string for messages
---@param own { is_met: (fun(deployment: table): any), timeout: number, interval: number, on_poll?: function } seconds
---@param world { look: fun(): table?, string?, astro.Error?; sleep: fun(seconds: number); clock: fun(): number }
---@return table? deployment
---@return string? message
---@return astro.Error? err
function wait.run(id, own, world)
   local start = world.clock()
   local last_success, last, elapsed = start, nil, 0
   while true do
      local is_late = elapsed >= own.timeout
      local deployment, message, err = world.look()
      local now = world.clock()
      elapsed = now - start
      if own.on_poll then
         own.on_poll(deployment, err, elapsed)
      end
      if deployment then
         last, last_success = deployment, now
         if own.is_met(deployment) then
            return deployment
         end
      elseif is_final(err, now - last_success) then
         err.deployment = last
         return nil, message, err
      end
      if is_late or elapsed >= own.timeout then
         return timed_out(id, elapsed, last, err)
      end
      world.sleep(math.max(0, math.min(own.interval, own.timeout - elapsed)))
      elapsed = world.clock() - start
   end
end

return wait
