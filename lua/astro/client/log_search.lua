--- One search of a Deployment's log: all of its pages. The service says neither in which order lines come nor which it
--- leaves out of a search that finds too many; nothing here depends on either.

local epoch = require "astro.api.epoch"
local failure = require "astro.client.failure"
local list = require "astro.api.list"

local search = {}

-- Lines of a page, as astro-cli asks for them, and of a search, the service's own default.
search.PAGE, search.MOST = 5000, 10000

-- The lines of an answer; nil for what is none. Some servers write null for an empty list.
local function lines_of(page)
   local lines = page.results == nil and page.resultCount == 0 and {} or page.results
   if not list.count(lines) then
      return nil
   end
   for _, line in ipairs(lines) do
      if type(line) ~= "table" or not epoch.seconds(line.timestamp) then
         return nil
      end
   end
   return lines
end

-- Whether the newest come first: more steps lead back than on.
local function is_backward(lines)
   local steps = 0
   for i = 2, #lines do
      local before, after = lines[i - 1].timestamp, lines[i].timestamp
      steps = steps + (after > before and 1 or after < before and -1 or 0)
   end
   return steps < 0
end

local function reversed(lines)
   local other = {}
   for i = #lines, 1, -1 do
      other[#other + 1] = lines[i]
   end
   return other
end

local function number(value, default)
   return type(value) == "number" and value >= 1 and value or default
end

---What a search comes to.
---@class astro.LogFound
---@field lines astro.DeploymentLogEntry[] in the service's order, the oldest first
---@field is_cut boolean there may be more than these

---@param ask fun(query: table): table?, string?, astro.Error? gives a page
---@param query table of every page, with limit; becomes the search's own
---@param target string what messages call it
---@return astro.LogFound? found
---@return astro.Error? err
---@return boolean? has_begun the service had named the search
function search.run(ask, query, target)
   local lines, most, is_last = {}, search.MOST, false
   query.maxNumResults = most
   while not is_last do
      query.offset = #lines
      local page, _, err = ask(query)
      local more = page and lines_of(page)
      if page and not more then
         err = failure.err("decode", ("GET %s: decode: no list of log lines"):format(target))
      end
      if not more then
         return nil, err, query.searchId ~= nil
      end
      for _, line in ipairs(more) do
         lines[#lines + 1] = line
      end
      query.searchId, most = page.searchId, math.min(most, number(page.maxNumResults, most))
      is_last = #more < number(page.limit, query.limit) or #more == 0 or #lines >= most
   end
   return { lines = is_backward(lines) and reversed(lines) or lines, is_cut = #lines >= most }
end

return search
