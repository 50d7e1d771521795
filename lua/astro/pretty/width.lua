--- How many columns a text takes where it is shown, and texts made to fit some. Texts are safe ones.

local clusters = require "astro.pretty.clusters"
local core = require "astro.core"
local remembered = require "astro.pretty.remembered"

local width = {}

local vim = rawget(_G, "vim")

--- Neovim has its own mind of how wide a character is, which changes with its releases: there it is asked, where it
--- may be.
local function of_editor()
   return vim and vim.api and not vim.in_fast_event() and vim.api.nvim_strwidth
end

local next_cluster = clusters ""

local function next_shown(text, at)
   local last, columns = next_cluster(text, at)
   local ask = last and of_editor()
   return last, ask and ask(text:sub(at + 1, last)) or columns
end

--- The text's clusters: the end of each and its columns.
local function each_cluster(text)
   return next_shown, text, 0
end

-- The columns that a terminal gives a text.
local function counted(text)
   local total, at = 0, 0
   while true do
      local first = text:find("[\128-\255]", at + 1)
      if not first then
         return total + #text - at
      end
      -- The character before may be the cluster's first.
      local start = math.max(at, first - 2)
      local last, columns = next_cluster(text, start)
      total, at = total + start - at + columns, last
   end
end

-- Masks, and words that are the same in many rows.
local counted_once, SHORT = remembered(counted), 40

---@param text string
---@return integer columns
function width.of(text)
   local count = core.plain(text)
   if count then
      return count
   end
   local ask = of_editor()
   if ask then
      return ask(text)
   end
   return #text <= SHORT and counted_once(text) or counted(text)
end

local MARK = "…"

---The text if it fits, else its beginning and "…".
---@param text string
---@param columns integer at least 1
function width.cut(text, columns)
   if width.of(text) <= columns then
      return text
   end
   local kept, used, most = 0, 0, columns - width.of(MARK) -- of which an editor, too, has its own mind
   for last, own in each_cluster(text) do
      used = used + own
      if used > most then
         break
      end
      kept = last
   end
   return text:sub(1, kept) .. MARK
end

---The blanks that a text lacks.
---@param text string
---@param columns integer
function width.blanks(text, columns)
   return (" "):rep(math.max(0, columns - width.of(text)))
end

-- No line begins with one of these.
local CLOSING = {}
for mark in ("、 。 ， ． ： ； ！ ？ ） ］ ｝ 」 』 】 〉 》 〕 ー 々"):gmatch "[^ ]+" do
   CLOSING[mark] = true
end

-- A word in pieces between which a line may break, before and after what is two columns wide; and the pieces' widths.
local function pieces_of(word)
   if core.plain(word) then
      return { word }, { #word }
   end
   local pieces, widths, count, was_wide, first, before = {}, {}, 0, true, 1, 0
   for last, columns in each_cluster(word) do
      local is_wide = columns == 2
      if count > 0 and (CLOSING[word:sub(before + 1, last)] or not (is_wide or was_wide)) then
         widths[count] = widths[count] + columns
      else
         pieces[count] = count > 0 and word:sub(first, before) or nil
         count, first = count + 1, before + 1
         widths[count] = columns
      end
      was_wide, before = is_wide, last
   end
   pieces[count] = word:sub(first)
   return pieces, widths
end

-- Adds a text in pieces that fit.
local function break_up(lines, text, columns)
   local first, used, before = 1, 0, 0
   for last, own in each_cluster(text) do
      if used > 0 and used + own > columns then
         lines[#lines + 1] = text:sub(first, before)
         first, used = before + 1, 0
      end
      used, before = used + own, last
   end
   lines[#lines + 1] = text:sub(first)
end

---The text in lines of so many columns at the most, broken at blanks and between wide characters. A longer word stays
---whole.
---@param text string
---@param columns integer
---@return string[]
function width.wrap(text, columns)
   local lines, line, used = {}, nil, 0
   for blanks, word in text:gmatch "( *)([^ ]+)" do
      local pieces, widths = pieces_of(word)
      for i, piece in ipairs(pieces) do
         local gap = i == 1 and blanks or ""
         if line and used + #gap + widths[i] <= columns then
            line, used = line .. gap .. piece, used + #gap + widths[i]
         else
            lines[#lines + 1] = line
            line, used = piece, widths[i]
         end
      end
   end
   lines[#lines + 1] = line
   return lines
end

---The same with longer words broken, too.
---@param text string
---@param columns integer
---@return string[]
function width.fold(text, columns)
   local lines = {}
   for _, line in ipairs(width.wrap(text, columns)) do
      if width.of(line) > columns then
         break_up(lines, line, columns)
      else
         lines[#lines + 1] = line
      end
   end
   return lines
end

return width
