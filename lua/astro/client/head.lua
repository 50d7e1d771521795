--- The head of an answer: its lines as they came -> headers.

local ascii = require "astro.api.ascii"

local head = {}

---Headers by their names in small letters; a list where one came more than once.
---@param text string the status line and all that stands before the body
---@return table<string, string|string[]>
function head.read(text)
   local headers = {}
   for line in text:gmatch "[^\r\n]+" do
      local name, value = line:match "^([^ \t:]+):[ \t]*(.-)[ \t]*$"
      if name then
         name = ascii.lower(name)
         local before = headers[name]
         if type(before) == "table" then
            before[#before + 1] = value
         else
            headers[name] = before and { before, value } or value
         end
      end
   end
   return headers
end

return head
