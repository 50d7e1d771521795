--- The order of values: by the kind that the schema says a field holds, else by their own type.

local bytewise = require "astro.api.bytewise"
local decimal = require "astro.api.decimal"
local time = require "astro.time"

local order = {}

-- Factors by the unit of a quantity. Source: Kubernetes' resource quantities.
local UNITS =
   { [""] = 1, n = 1e-9, u = 1e-6, m = 1e-3, k = 1e3, M = 1e6, G = 1e9, T = 1e12, P = 1e15, E = 1e18 }
for power, letter in ipairs({ "K", "M", "G", "T", "P", "E" }) do
   UNITS[letter .. "i"] = 1024 ^ power
end

-- By the schema's `order`: a text as a list of numbers and words that are compared one by one; nil if the text is of
-- another kind.
local readers = {}

function readers.version(text)
   local parts = {}
   for word, digits in text:match("^[^+]*"):gmatch "([A-Za-z]*)(%d*)" do
      parts[#parts + 1] = word ~= "" and word or nil
      parts[#parts + 1] = digits ~= "" and tonumber(digits) or nil
   end
   return text:find "%d" and parts or nil
end

function readers.quantity(text)
   local number, unit = text:match "^(.-)([A-Za-z]*)$"
   local value = UNITS[unit] and decimal.read(number)
   return value and { value * UNITS[unit] }
end

function readers.time(text)
   local seconds, fraction = time.parse(text)
   return seconds and { seconds, fraction }
end

function readers.enum(text, field)
   for place, value in ipairs(field.enum) do
      if value == text then
         return { place }
      end
   end
end

local function is_less(a, b)
   return a < b
end

-- A word comes before the end, as in 3.0.0rc1 and 3.0.0; a number comes after it.
local function rank_of_part(part)
   return type(part) == "string" and 1 or part == nil and 2 or 3
end

local function is_list_before(a, b)
   for i = 1, math.max(#a, #b) do
      local rank_a, rank_b = rank_of_part(a[i]), rank_of_part(b[i])
      if rank_a ~= rank_b then
         return rank_a < rank_b
      elseif a[i] ~= b[i] then
         return (rank_a == 1 and bytewise or is_less)(a[i], b[i])
      end
   end
   return false
end

-- Kinds in their order, and how two values of one kind are compared.
local BOOLEAN = {
   rank = 1,
   is_before = function(a, b)
      return b and not a
   end,
}
local NUMBER = { rank = 2, is_before = is_less }
local LIST = { rank = 3, is_before = is_list_before }
local STRING = { rank = 4, is_before = bytewise }
local OTHER = {
   rank = 5,
   is_before = function()
      return false
   end,
}

local OF_TYPE = { boolean = BOOLEAN, number = NUMBER, string = STRING }

---@class astro.OrderKey what a value is compared by
---@field kind { rank: integer, is_before: fun(a: any, b: any): boolean }
---@field value any

---@param value any what is there; not nil
---@param field? astro.Field the field that holds it
---@return astro.OrderKey
function order.key(value, field)
   local reader = field and type(value) == "string" and readers[field.order]
   local list = reader and reader(value, field)
   if list then
      return { kind = LIST, value = list }
   end
   local has_order = value == value -- NaN has none
   return { kind = has_order and OF_TYPE[type(value)] or OTHER, value = value }
end

---@param a astro.OrderKey
---@param b astro.OrderKey
function order.is_before(a, b)
   if a.kind ~= b.kind then
      return a.kind.rank < b.kind.rank
   end
   return a.kind.is_before(a.value, b.value)
end

return order
