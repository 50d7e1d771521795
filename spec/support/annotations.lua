-- Reads annotations as a language server does. Source: the parser of LuaLS 3.19.1, script/parser/luadoc.lua.
-- What it finds are facts: { tag, line, name, types, problem }, with types the names of those that a tag needs.

local annotations = {}

-- A text, read from the left; blanks do not count.
local Reader = {}
Reader.__index = Reader

function Reader:take(pattern)
   local first, last, found = self.text:find("^%s*(" .. pattern .. ")", self.at)
   if first then
      self.at = last + 1
      return found
   end
end

function Reader:expect(pattern, what)
   return self:take(pattern)
      or error({ problem = ("%s expected before '%s'"):format(what, self.text:sub(self.at)) })
end

local NAME = "[%a_][%w_.]*"

-- What is taken of them one after another, until something else than the separators comes.
function Reader:list(read, separators)
   repeat
      read(self)
   until not self:take(separators)
end

function Reader:parameter()
   local _ = self:take "%.%.%." or self:expect(NAME, "a parameter")
   self:take "%?"
   if self:take ":" then
      self:type()
   end
end

-- One of what a function gives, with or without a name.
function Reader:result()
   if not self:take(NAME .. ":") and self:take "%.%.%." and not self.text:find("^%a", self.at) then
      return
   end
   self:type()
end

function Reader:fun()
   if not self:take "%)" then
      self:list(self.parameter, ",")
      self:expect("%)", "')'")
   end
   if self:take ":" then
      local in_parentheses = self:take "%("
      self:list(self.result, ",")
      if in_parentheses then
         self:expect("%)", "')'")
      end
   end
end

function Reader:key()
   if self:take "%[" then
      self:type()
      return "[" .. self:expect("%]", "']'")
   end
   return self:expect(NAME, "a field")
end

function Reader:entry()
   self:key()
   self:take "%?"
   self:expect(":", "':'")
   self:type()
end

function Reader:name()
   local name = self:expect(NAME, "a type")
   self.types[#self.types + 1] = name
end

function Reader:unit()
   if self:take "fun%(" then
      self:fun()
   elseif self:take "{" then
      self:list(self.entry, "[,;]")
      self:expect("}", "'}'")
   elseif self:take "%(" then
      self:type()
      self:expect("%)", "')'")
   elseif not (self:take '"[^"]*"' or self:take "%d+") then
      self:name()
   end
   if self:take "<" then
      self:list(self.type, ",")
      self:expect(">", "'>'")
   end
   while self:take "%[%]" do
   end
end

function Reader:type()
   self:list(self.unit, "|")
   self:take "%?"
end

function Reader:returned()
   self:take "%.%.%."
   self:type()
   local _ = self:take(NAME) or self:take "%.%.%."
end

local TAGS = {
   meta = function() end,
   class = function(self)
      self:take "%(%a+%)"
      local name = self:expect(NAME, "a class")
      if self:take ":" then
         self:list(self.name, ",")
      end
      return name
   end,
   alias = function(self)
      local name = self:expect(NAME, "an alias")
      if self.text:find("%S", self.at) then -- else its choices follow, a line each
         self:type()
      end
      return name
   end,
   field = function(self)
      local name = self:key()
      self:take "%?"
      self:type()
      return name
   end,
   param = function(self)
      local name = self:take "%.%.%." or self:expect(NAME, "a parameter")
      self:take "%?"
      self:type()
      return name
   end,
   ["return"] = function(self)
      self:list(self.returned, ",")
   end,
   type = function(self)
      self:type()
   end,
   overload = function(self)
      self:expect("fun%(", "fun(")
      self:fun()
   end,
   operator = function(self)
      local name = self:expect(NAME, "an operator")
      if self:take "%(" then
         self:type()
         self:expect("%)", "')'")
      end
      self:expect(":", "':'")
      self:type()
      return name
   end,
}

local function read_tag(tag, text, line)
   local reader = setmetatable({ text = text, at = 1, types = {} }, Reader)
   local fact = { tag = tag, line = line, types = reader.types }
   local read = TAGS[tag]
   local ok, name = pcall(function()
      return read and read(reader)
   end)
   if not ok and type(name) ~= "table" then
      error(name, 0)
   end
   fact.name = ok and name or nil
   fact.problem = not read and "no such tag" or (not ok and name.problem or nil)
   return fact
end

-- The names of the parameters of the function that a line begins, if any.
local function parameters_of(code)
   local names = {}
   for name in (code:match "%f[%w]function[ %w_.:]*(%b())" or ""):gmatch "[%w_.]+" do
      names[#names + 1] = name
   end
   return names
end

---The blocks of a file: each the facts of neighbouring lines, with the parameters of the function that follows.
---@param text string
---@return { facts: table[], parameters: string[] }[]
function annotations.blocks(text)
   local blocks, block, number = {}, nil, 0
   for line in (text .. "\n"):gmatch "(.-)\n" do
      number = number + 1
      local tag, rest = line:match "^%s*%-%-%-@(%a+)(.*)"
      local choice = line:match "^%s*%-%-%-|(.*)"
      if tag or choice then
         block = block or { facts = {} }
         table.insert(block.facts, tag and read_tag(tag, rest, number) or read_tag("type", choice, number))
      elseif block and not line:find "^%s*%-%-%-" then
         block.parameters = parameters_of(line)
         blocks[#blocks + 1], block = block, nil
      end
   end
   return blocks
end

return annotations
