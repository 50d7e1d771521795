-- Makes examples/card.svg: the card of a fixture, in colour, as a terminal shows it. The output is the same on
-- every machine: the time is given, and each text stands at a column of its own.
--   lua card_picture.lua > examples/card.svg

local core = require "astro.core"
local card = require "astro.pretty.card"
local width = require "astro.pretty.width"

-- A Monday at noon, UTC.
local NOW = 1772452800

local COLUMN, LINE, MARGIN, COLUMNS = 8.4, 20, 24, 100
local FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
local BACKGROUND, PLAIN = "#0d1117", "#c9d1d9"

local STYLES = {
   name = 'fill="#f0f6fc" font-weight="bold"',
   title = 'fill="#f0f6fc" font-weight="bold"',
   label = 'fill="#8b949e"',
   head = 'fill="#8b949e"',
   masked = 'fill="#8b949e"',
   quiet = 'fill="#8b949e"',
   healthy = 'fill="#3fb950"',
}

local ENTITIES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }

local function escape(text)
   return (text:gsub('[&<>"]', ENTITIES))
end

local function number(value)
   return (("%.1f"):format(value):gsub("%.0$", ""))
end

-- The segments of a line at their places; where a font's glyphs are not as wide as the columns of a terminal,
-- textLength makes them so.
local function texts_of(line, y)
   local parts, column = {}, 0
   for _, segment in ipairs(line) do
      local lead, text = segment[1]:match "^( *)(.-) *$"
      local columns = width.of(text)
      if columns > 0 then
         local x = MARGIN + (column + #lead) * COLUMN
         parts[#parts + 1] = ('<text x="%s" y="%s" textLength="%s" %s>%s</text>'):format(
            number(x),
            number(y),
            number(columns * COLUMN),
            STYLES[segment[2]] or ('fill="%s"'):format(PLAIN),
            escape(text)
         )
      end
      column = column + width.of(segment[1])
   end
   return table.concat(parts, "\n")
end

local function picture(lines)
   local wide, high = 2 * MARGIN + COLUMNS * COLUMN, 2 * MARGIN + #lines * LINE
   local svg = {
      ('<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" role="img">'):format(
         number(wide),
         number(high),
         number(wide),
         number(high)
      ),
      "<title>The card of a Deployment, as astro.pretty.deployment prints it</title>",
      ('<rect width="100%%" height="100%%" rx="10" fill="%s"/>'):format(BACKGROUND),
      ('<g font-family="%s" font-size="14" xml:space="preserve" style="white-space: pre">'):format(FONT),
   }
   for i, line in ipairs(lines) do
      local texts = texts_of(line, MARGIN + i * LINE - 6)
      svg[#svg + 1] = texts ~= "" and texts or nil
   end
   svg[#svg + 1] = "</g>\n</svg>\n"
   return table.concat(svg, "\n")
end

local deployment = assert(core.get_deployment(nil, "cmdep0full0000000000000001"))
io.write(picture(card.lines(deployment, { now = NOW })))
