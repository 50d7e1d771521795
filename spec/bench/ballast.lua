-- 1 MB of live heap: below some 200 KB the collector's pace, and with it the CPU of whatever decodes, depends on
-- accidents of the heap's size. Every Lua program of the benchmark that loops requires this.

local ballast = {}

while collectgarbage "count" < 1024 do
   ballast[#ballast + 1] = {}
end

return ballast
