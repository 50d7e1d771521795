--- HTTP/2 by hand: what a server sends. Every text shorter than 127 bytes.

local frames = {}

frames.TYPES = {
   data = 0,
   headers = 1,
   priority = 2,
   rst_stream = 3,
   settings = 4,
   push_promise = 5,
   ping = 6,
   goaway = 7,
   window_update = 8,
   continuation = 9,
}

local END_STREAM, END_HEADERS, ACK = 1, 4, 1

local function u32(number)
   return string.char(
      math.floor(number / 2 ^ 24) % 256,
      math.floor(number / 2 ^ 16) % 256,
      math.floor(number / 2 ^ 8) % 256,
      number % 256
   )
end

---@param kind integer|string a number, or a name of TYPES
function frames.frame(kind, flags, stream, payload)
   payload = payload or ""
   local head = u32(#payload):sub(2) .. string.char(frames.TYPES[kind] or kind, flags)
   return head .. u32(stream) .. payload
end

---A header block of literals, never indexed.
---@param list string[][] pairs of name and value
function frames.block(list)
   local parts = {}
   for i, pair in ipairs(list) do
      local name, value = pair[1], pair[2]
      parts[i] = "\16" .. string.char(#name) .. name .. string.char(#value) .. value
   end
   return table.concat(parts)
end

function frames.settings()
   return frames.frame("settings", 0, 0) .. frames.frame("settings", ACK, 0)
end

---The headers of an answer on the first stream.
function frames.headers(status, more, is_end)
   local list = { { ":status", tostring(status) } }
   for _, pair in ipairs(more or {}) do
      list[#list + 1] = pair
   end
   return frames.frame("headers", END_HEADERS + (is_end and END_STREAM or 0), 1, frames.block(list))
end

function frames.data(text, is_end)
   return frames.frame("data", is_end and END_STREAM or 0, 1, text)
end

function frames.rst_stream(code)
   return frames.frame("rst_stream", 0, 1, u32(code))
end

function frames.goaway(last_stream, code)
   return frames.frame("goaway", 0, 0, u32(last_stream) .. u32(code))
end

---A whole answer, its body in several frames.
function frames.answer(text, pieces)
   local size = math.ceil(#text / pieces)
   local list = {
      frames.settings(),
      frames.headers(200, { { "content-type", "application/json" }, { "content-length", tostring(#text) } }),
   }
   for i = 1, pieces do
      list[#list + 1] = frames.data(text:sub((i - 1) * size + 1, i * size), i == pieces)
   end
   return table.concat(list)
end

return frames
