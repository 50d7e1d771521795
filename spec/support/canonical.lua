-- One text for one value: keys sorted, numbers to the last bit. For comparing across processes.

local function canonical(value)
   if type(value) == "number" then
      return ("%.17g"):format(value)
   elseif type(value) ~= "table" then
      local text = tostring(value):gsub('[%c"\\]', function(c)
         return ("\\%d"):format(c:byte())
      end)
      return '"' .. text .. '"'
   end
   local parts = {}
   for key, item in pairs(value) do
      parts[#parts + 1] = ("%s = %s"):format(canonical(key), canonical(item))
   end
   table.sort(parts)
   local mark = getmetatable(value) and "!" or ""
   return mark .. "{" .. table.concat(parts, ", ") .. "}"
end

return canonical
