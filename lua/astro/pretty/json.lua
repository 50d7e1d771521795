--- JSON, in the schema's order. Source: RFC 8259.

local decimal = require "astro.api.decimal"
local masked = require "astro.pretty.masked"
local refusal = require "astro.pretty.refusal"
local shape = require "astro.api.shape"
local tree = require "astro.pretty.tree"

local json = {}

-- What a body to be sent may have of lua-cjson's or Neovim's; nothing that is decoded has it.
local function constant(value)
   local cjson, vim = package.loaded.cjson, rawget(_G, "vim")
   cjson = type(cjson) == "table" and cjson
   if (cjson and value == cjson.null) or (vim and value == vim.NIL) then
      return "null"
   end
   return cjson and value == cjson.empty_array and "[]" or nil
end

-- A picture may stand for what it cannot show; what is sent is stored.
local function other(value)
   if type(value) == "string" then
      refusal.raise "a string that is no UTF-8"
   end
   local text = type(value) == "number" and decimal.write(value)
      or type(value) == "userdata" and constant(value)
   return text or refusal.of_value(value)
end

local function dialect(colon, is_strict)
   local own = { is_lua = false, is_strict = is_strict, list = "[]", object = "{}", other = other }
   return tree.dialect(own, function(key)
      return type(key) == "string" and tree.write(key, own, 0) .. colon or refusal.of_key(key)
   end)
end

local COMPACT, SPACED, SENT = dialect(":", false), dialect(": ", false), dialect(":", true)

local function write(value, as, indent)
   local type_name, is_list = tree.type_of(value)
   return tree.write(value, as, indent, shape.objects[type_name], is_list)
end

---@param value any a Deployment, a list or a page of them, or anything else
---@param indent integer blanks a level; 0: all in one line
---@return string
function json.text(value, indent)
   return write(value, indent > 0 and SPACED or COMPACT, indent)
end

---The same in one line, with a mask for every secret.
---@param value any
---@return string
function json.redacted(value)
   local type_name, is_list = tree.type_of(value)
   local field = { type = type_name, is_list = is_list }
   return write(masked.part(value, field, { identities = true }), COMPACT, 0)
end

---What is to be sent, in one line. Refuses strings that are no UTF-8.
---@param value table
---@return string
function json.body(value)
   return write(value, SENT, 0)
end

---A part of a Deployment in one line.
---@param value any
---@param field? astro.Field the field that it is, where that is known
---@return string
function json.line(value, field)
   return tree.write(value, COMPACT, 0, field and shape.objects[field.type], field and field.is_list)
end

return json
