-- The writer in C beside a slow one.

local core = require "astro.core"
local documents = require "spec.support.documents"
local pretty = require "astro.pretty"
local slow_writer = require "spec.support.slow_writer"

local PIECES = {
   "plain",
   "a",
   " ~",
   '"',
   "\\",
   "/",
   "\0",
   "7", -- behind an escape by number
   "\1\8\9\10\12\13\27\31",
   "\127",
   "ß",
   "日本語",
   "🛰",
   "\223\191\224\160\128\239\191\191\240\144\128\128\244\143\191\191",
   "\194\128\194\159\194\160",
   "\216\155\216\156\216\157",
   "\226\128\141\226\128\142\226\128\143\226\128\144",
   "\226\128\167\226\128\168\226\128\174\226\128\175",
   "\226\129\165\226\129\166\226\129\169\226\129\170",
   "\128", -- from here on no UTF-8
   "\192\128",
   "\224\128\175",
   "\237\160\128",
   "\244\144\128\128",
   "\226\130",
   "\240\159\155",
   "\255",
}

-- Park and Miller's generator, whose products stay below 2^53.
local function dice(seed)
   local state = seed * 7919 + 1
   return function(n)
      state = state * 16807 % 2147483647
      return math.floor(state / 7) % n + 1
   end
end

local function text_of(roll)
   local parts = {}
   for i = 1, roll(8) - 1 do
      parts[i] = PIECES[roll(#PIECES)]
   end
   return table.concat(parts)
end

local function value_of(roll, depth)
   local kind = roll(depth > 4 and 5 or 8)
   if kind == 1 then
      return roll(2) == 1
   elseif kind == 2 then
      return roll(2000) - 1000
   elseif kind == 3 then
      return (roll(2000) * 2 - 1) / 8
   elseif kind <= 5 then
      return text_of(roll)
   end
   local value = {}
   for i = 1, roll(5) - 1 do
      value[kind == 6 and i or text_of(roll)] = value_of(roll, depth + 1)
   end
   return kind == 6 and #value == 0 and setmetatable(value, core.array) or value
end

-- Some of what is there becomes something else, some is new.
local function shaken(roll, value)
   local keys = {}
   for key in pairs(value) do
      keys[#keys + 1] = key
   end
   table.sort(keys)
   for _, key in ipairs(keys) do
      local item = value[key]
      if type(item) == "table" then
         shaken(roll, item)
      elseif roll(8) == 1 then
         value[key] = value_of(roll, 1)
      end
   end
   if type(keys[1]) == "string" and roll(3) == 1 then
      value[text_of(roll)] = value_of(roll, 1)
   end
   return value
end

describe("what is written", function()
   for _, name in ipairs({ "json", "lua" }) do
      it("is what a slow writer makes of it: " .. name, function()
         for seed = 1, 300 do
            local value = shaken(dice(seed), documents.random(seed))
            assert.equal(slow_writer[name](value), pretty[name](value), "seed " .. seed)
         end
      end)
   end

   it("is refused where a body is no UTF-8, as a value and as a key, and only there", function()
      for i, piece in ipairs(PIECES) do
         for _, value in ipairs({ { a = "x" .. piece .. "y" }, { ["x" .. piece .. "y"] = 1 } }) do
            local ok, message = pcall(pretty.body, value, "option 'body'", "f")
            assert.equal(i < 20, ok, piece)
            assert.matches(ok and "^{" or "bad option 'body' to 'f' %(a string that is no UTF%-8%)$", message)
         end
      end
   end)

   it("may be as long as memory lasts", function()
      local text = ("0123456789"):rep(100000)
      assert.equal('["' .. text .. '"]', pretty.json({ text }, { indent = 0 }))
   end)

   it("is what a table has itself, and what its __pairs says where pairs does", function()
      local value = setmetatable({ zebra = 1 }, { __index = { name = "n" } })
      assert.equal('{"zebra":1}', pretty.json(value, { indent = 0 }))
      local whole = { a = 1, id = 2, name = 3 }
      value = setmetatable({ name = 3 }, {
         __index = whole,
         __pairs = function()
            return next, whole
         end,
      })
      local keys = 0
      for _ in pairs(value) do
         keys = keys + 1
      end
      local text = keys == 3 and '{"name":3,"a":1,"id":2}' or '{"name":3}'
      assert.equal(text, pretty.json(value, { indent = 0 }))
   end)

   it("takes 200 levels", function()
      local value = {}
      for _ = 1, 200 do
         value = { value }
      end
      assert.equal(("["):rep(200) .. "{}" .. ("]"):rep(200), pretty.json(value, { indent = 0 }))
      assert.matches("more than 200 levels", select(2, pcall(pretty.json, { value })))
   end)
end)
