-- Lays the pages of a list of Deployments into a folder: lua pages.lua FOLDER COUNT SIZE
-- <first>.json is the page of so many that begins with the Deployment of that number, counted from 0.

local folder, count, size = arg[1], tonumber(arg[2]), tonumber(arg[3])

local file = assert(io.open "spec/bench/document.json")
local document = file:read "*a"
file:close()

local before, after = document:match '^(.-"id": ")[^"]*(.*)$'

local function page(first)
   local rows = {}
   for number = first, math.min(first + size, count) - 1 do
      rows[#rows + 1] = ("%scmbench%018d%s"):format(before, number, after)
   end
   local text = '{"deployments":[%s],"limit":%d,"offset":%d,"totalCount":%d}'
   return text:format(table.concat(rows, ","), size, first, count)
end

assert(os.execute(("mkdir -p '%s'"):format(folder)))
for first = 0, count - 1, size do
   local out = assert(io.open(("%s/%d.json"):format(folder, first), "w"))
   out:write(page(first))
   out:close()
end
