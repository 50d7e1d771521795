-- A Deployment's log as the service tells it: a search is what is there when it begins, told page by page. Serves the
-- stand-in in nginx, and a transport of virtual time.

local service = {}

-- Seconds of "2026-11-27T12:00:00Z", by the days of the Julian calendar's count.
local function seconds_of(text)
   local year, month, day, hour, minute, second = text:match "^(%d+)-(%d+)-(%d+)T(%d+):(%d+):(%d+)Z$"
   local early = month < "03" and 1 or 0
   local years, months = year + 4800 - early, month + 12 * early - 3
   local days = day + math.floor((153 * months + 2) / 5) + 365 * years
   days = days + math.floor(years / 4) - math.floor(years / 100) + math.floor(years / 400) - 32045
   return (days - 2440588) * 86400 + hour * 3600 + minute * 60 + second
end

---@class LogModel
---@field lines { raw: string, source: string, timestamp: number, seen_at: number }[] timestamp in seconds
---@field unit integer 1000: timestamps are told in milliseconds
---@field is_newest_first? boolean
---@field keeps_oldest? boolean of a search that finds too many lines
---@field most? integer lines of a search
---@field page? integer lines of a page

local function among(list, value)
   for _, item in ipairs(list) do
      if item == value then
         return true
      end
   end
end

-- What a search finds, oldest first; of equal times as the model has them.
local function found(model, query, now)
   local from, to = seconds_of(query.startDate[1]), seconds_of(query.endDate[1])
   local rows = {}
   for place, line in ipairs(model.lines) do
      local is_there = line.seen_at <= now and line.timestamp >= from and line.timestamp <= to
      local is_wanted = not query.searchText or line.raw:find(query.searchText[1], 1, true)
      if is_there and is_wanted and among(query.sources, line.source) then
         rows[#rows + 1] = { line = line, place = place }
      end
   end
   table.sort(rows, function(a, b)
      local one, other = a.line.timestamp, b.line.timestamp
      return one < other or one == other and a.place < b.place
   end)
   return rows
end

local function cut(rows, most, keeps_oldest)
   local first, kept = keeps_oldest and 1 or math.max(#rows - most, 0) + 1, {}
   for i = first, math.min(first + most - 1, #rows) do
      kept[#kept + 1] = rows[i]
   end
   return kept
end

---A page.
---@param model LogModel
---@param query table<string, string[]>
---@param now number the service's time; a search is named by the time when it began
---@return table page as the API has it
function service.answer(model, query, now)
   local began = query.searchId and tonumber(query.searchId[1]) or now
   local most = math.min(model.most or 10000, tonumber(query.maxNumResults[1]))
   local limit = math.min(model.page or 5000, tonumber(query.limit[1]))
   local rows = cut(found(model, query, began), most, model.keeps_oldest)
   local offset, results = tonumber(query.offset[1]), {}
   for i = offset + 1, math.min(offset + limit, #rows) do
      local line = rows[model.is_newest_first and #rows + 1 - i or i].line
      local timestamp = line.timestamp * model.unit
      results[#results + 1] = { raw = line.raw, source = line.source, timestamp = timestamp }
   end
   return {
      results = results,
      resultCount = #results,
      searchId = ("%.17g"):format(began),
      limit = limit,
      offset = offset,
      maxNumResults = most,
   }
end

return service
