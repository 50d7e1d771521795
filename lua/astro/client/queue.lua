--- Jobs in the order in which they start. One that left may come back to the front.

---@class astro.Queue
---@field jobs table<integer, astro.Job> at the places from `first` to `last`
---@field first integer
---@field last integer
local Queue = {}
Queue.__index = Queue

local queue = {}

---@param jobs astro.Job[] becomes the queue's own
---@return astro.Queue
function queue.new(jobs)
   return setmetatable({ jobs = jobs, first = 1, last = #jobs }, Queue)
end

---Puts a job behind all others.
---@param job astro.Job
function Queue:add(job)
   self.last = self.last + 1
   self.jobs[self.last] = job
end

---Puts a job before all others.
---@param job astro.Job
function Queue:put_first(job)
   self.first = self.first - 1
   self.jobs[self.first] = job
end

---The first job, which stays.
---@return astro.Job? job nil: there is none
function Queue:peek()
   return self.jobs[self.first]
end

---The first job, which leaves.
---@return astro.Job? job nil: there is none
function Queue:take()
   local job = self.jobs[self.first]
   if job then
      self.jobs[self.first] = nil
      self.first = self.first + 1
      if self.first > self.last then
         self.jobs, self.first, self.last = {}, 1, 0 -- a table keeps the memory for all that it ever had
      end
   end
   return job
end

return queue
