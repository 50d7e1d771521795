--- Who is to be told at which time: the soonest is at hand, however many there are.

---@class astro.Alarms
---@field heap any[] at the places 1, 2, ...: none is later than those at twice its place and one behind that
---@field times table<any, number>
---@field places table<any, integer>
local Alarms = {}
Alarms.__index = Alarms

local alarms = {}

-- Tables keep the memory for all that they ever had.
local function empty(self)
   self.heap, self.times, self.places = {}, {}, {}
   return self
end

---@return astro.Alarms
function alarms.new()
   return setmetatable(empty({}), Alarms)
end

local function put(self, who, place)
   self.heap[place], self.places[who] = who, place
end

local function rise(self, who, place)
   local heap, times = self.heap, self.times
   while place > 1 do
      local above = math.floor(place / 2)
      if times[heap[above]] <= times[who] then
         break
      end
      put(self, heap[above], place)
      place = above
   end
   put(self, who, place)
end

local function sink(self, who, place)
   local heap, times = self.heap, self.times
   local below = 2 * place
   while heap[below] do
      local other = heap[below + 1]
      below = other and times[other] < times[heap[below]] and below + 1 or below
      if times[who] <= times[heap[below]] then
         break
      end
      put(self, heap[below], place)
      place, below = below, 2 * below
   end
   put(self, who, place)
end

---Sets one's only alarm.
---@param who any
---@param at number
function Alarms:set(who, at)
   self:clear(who)
   self.times[who] = at
   rise(self, who, #self.heap + 1)
end

---@param who any who need not have an alarm
function Alarms:clear(who)
   local heap, place = self.heap, self.places[who]
   if not place then
      return
   end
   local last = table.remove(heap)
   self.places[who], self.times[who] = nil, nil
   if heap[1] == nil then
      empty(self)
   elseif last ~= who then
      sink(self, last, place)
      rise(self, last, self.places[last])
   end
end

---@param who any
---@return number? at nil: it has no alarm
function Alarms:time(who)
   return self.times[who]
end

---@return number? at nil: there is no alarm
function Alarms:soonest()
   return self.times[self.heap[1]]
end

---Takes out one whose time has come, the soonest first.
---@param now number
---@return any who nil: there is none
function Alarms:ring(now)
   local first = self.heap[1]
   if first and self.times[first] <= now then
      self:clear(first)
      return first
   end
end

return alarms
