--- A Deployment as a card: name and status, then groups of labelled values.

local columns = require "astro.pretty.columns"
local cron = require "astro.pretty.cron"
local hibernation = require "astro.pretty.hibernation"
local ink = require "astro.pretty.ink"
local label = require "astro.pretty.label"
local layout = require "astro.pretty.layout"
local masked = require "astro.pretty.masked"
local Sheet = require "astro.pretty.sheet"
local urls = require "astro.urls"
local width = require "astro.pretty.width"

local card = {}

local MARGIN, GAP, WRAP = "  ", "  ", 100

local NO_GROUP = {}

---@class astro.Row a label, then words; several pairs where they share a line
---@field [integer] { label: string, text: string }

---@class astro.Block what a group came to
---@field title string
---@field rows astro.Row[]
---@field table? astro.Line[]
---@field below astro.Row[]

-- Labels by field: they are the same in every card, and made once.
local function made_once(make)
   local made = {}
   return function(name, group)
      local of_group = made[group] or {}
      made[group] = of_group
      of_group[name] = of_group[name] or make(name, group.drop)
      return of_group[name]
   end
end

local label_of, heading_of = made_once(label.text), made_once(label.heading)

local function style_of(text)
   return text == masked.MASK and "masked" or nil
end

-- A label without the words that it shares with the beginning of the one before it: "workspace name", "ID".
local function without_shared_words(text, before)
   local word = text:match "^[^ ]+ "
   while word and before:sub(1, #word) == word do
      text, before = text:sub(#word + 1), before:sub(#word + 1)
      word = text:match "^[^ ]+ "
   end
   return text
end

-- One row of the layout, with those of its fields that say something.
local function row_of(part, names, group)
   local row, before = {}, ""
   for _, name in ipairs(type(names) == "table" and names or { names }) do
      local text = part:text(name)
      local other = group.once and group.once[name]
      if text and not (other and part.owner[name] == part.owner[other]) then
         local full = label_of(name, group)
         row[#row + 1] = { label = without_shared_words(full, before), text = text }
         before = full
      end
   end
   return row
end

local function add_row(rows, row)
   if #row > 0 then
      rows[#rows + 1] = row
   end
end

local function add_text(rows, name, text)
   add_row(rows, text and { { label = name, text = text } } or {})
end

local function fill_rows(block, part, group)
   for _, names in ipairs(part and group.rows or {}) do
      add_row(block.rows, row_of(part, names, group))
   end
end

-- A column of a table of items: the heading and the cells; nil if no item says anything there.
local function column_of(items, name, group)
   local cells, is_right, has_any = { { heading_of(name, group), "head" } }, true, false
   for _, item in ipairs(items) do
      local value, text = item.owner[name], item:text(name, true)
      if group.words and text then
         text = group.words[name] and group.words[name](text) or text
      elseif group.shows_empty and value == "" then
         text = '""'
      end
      has_any = has_any or text ~= nil
      is_right = is_right and (value == nil or type(value) == "number")
      cells[#cells + 1] = { text or "", style_of(text) }
   end
   return has_any and { cells = cells, is_right = is_right } or nil
end

local function fill_table(block, items, group)
   local rows, is_right = {}, {}
   for _, name in ipairs(group.columns) do
      local column = column_of(items, name, group)
      for i, cell in ipairs(column and column.cells or {}) do
         rows[i] = rows[i] or {}
         rows[i][#rows[i] + 1] = cell
      end
      is_right[#is_right + 1] = column and column.is_right
   end
   block.table = columns.lines(rows, is_right)
   for i, item in ipairs(items) do
      for _, name in ipairs(group.beneath or {}) do
         local whose = item:text "name" or ("%d"):format(i)
         add_text(block.below, whose .. " " .. label_of(name, NO_GROUP), item:text(name))
      end
   end
end

local SCHEDULES = {
   drop = { cron = true },
   columns = { "hibernateAtCron", "wakeAtCron", "isEnabled", "description" },
   words = { hibernateAtCron = cron.text, wakeAtCron = cron.text },
}

local function fill_hibernation(block, root)
   local status = root:part("scalingStatus", "hibernationStatus")
   local spec = root:part("scalingSpec", "hibernationSpec")
   local override = spec and spec:part "override"
   if status then
      add_row(block.rows, row_of(status, { "isHibernating", "reason" }, NO_GROUP))
      add_text(block.rows, "next event", hibernation.next_event(root.sheet, status.owner))
   end
   if override then
      add_text(block.rows, "override", hibernation.override(root.sheet, override.owner))
   end
   fill_table(block, spec and spec:items "schedules" or {}, SCHEDULES)
end

local ADDRESSES = {
   drop = { url = true },
   rows = { "uiUrl", "webServerUrl", "apiUrl", "webServerAirflowApiUrl", "webServerIngressHostname" },
}

-- The links; then what else there is of addresses, or what should be one.
local function fill_links(block, root, base_url)
   local links, said = urls(root.owner, { base_url = base_url }), {}
   for _, row in ipairs({ { "Airflow", links.airflow }, { "API", links.api }, { "Astro", links.astro } }) do
      add_text(block.rows, row[1], row[2])
      said[row[2] or ""] = true
   end
   for _, key in ipairs(ADDRESSES.rows) do
      local text = root:text(key)
      if text and not said[urls({ uiUrl = text }).airflow or text] then
         add_text(block.rows, label_of(key, ADDRESSES), text)
      end
   end
end

local function block_of(root, group, base_url)
   local block = { title = group.title, rows = {}, below = {} }
   if group.is_hibernation then
      fill_hibernation(block, root)
   elseif group.has_links then
      fill_links(block, root, base_url)
   elseif group.items then
      fill_table(block, root:items(group.items), group)
   else
      fill_rows(block, root:part(group.at), group)
   end
   return block
end

local function header(root)
   local line = { { root:text "name" or "(no name)", "name" } }
   local status, reason = root:text "status", root:text "statusReason"
   if status then
      line[#line + 1] = { GAP }
      line[#line + 1] = { status, ink.of_status(root.owner.status) }
   end
   if reason then
      line[#line + 1] = { GAP }
      line[#line + 1] = { reason, root.owner.status == "HEALTHY" and "quiet" or nil }
   end
   local lines = { line }
   for _, text in ipairs(width.wrap(root:text "description" or "", WRAP)) do
      lines[#lines + 1] = { { text } }
   end
   return lines
end

local function line_of(row, label_width)
   local line = {}
   for i, pair in ipairs(row) do
      local blanks = i == 1 and width.blanks(pair.label, label_width) or ""
      line[#line + 1] = { i == 1 and MARGIN or " · ", "label" }
      line[#line + 1] = { pair.label, "label" }
      line[#line + 1] = { blanks .. (i == 1 and GAP or " ") }
      line[#line + 1] = { pair.text, style_of(pair.text) }
   end
   return line
end

local function put_block(lines, block, label_width)
   lines[#lines + 1] = {}
   lines[#lines + 1] = { { block.title, "title" } }
   for _, row in ipairs(block.rows) do
      lines[#lines + 1] = line_of(row, label_width)
   end
   for _, line in ipairs(block.table or {}) do
      table.insert(line, 1, { MARGIN })
      lines[#lines + 1] = line
   end
   for _, row in ipairs(block.below) do
      lines[#lines + 1] = line_of(row, label_width)
   end
end

local function label_width_of(blocks)
   local widest = 0
   for _, block in ipairs(blocks) do
      for _, rows in ipairs({ block.rows, block.below }) do
         for _, row in ipairs(rows) do
            widest = math.max(widest, width.of(row[1].label))
         end
      end
   end
   return widest
end

---The card as lines. How a style looks is for whoever paints them.
---@param deployment table
---@param options? { show?: astro.Show, now?: number, base_url?: string } as `pretty.deployment` takes them
---@return astro.Line[]
function card.lines(deployment, options)
   options = options or {}
   local sheet = Sheet.new(masked.copy(deployment, options.show or {}), options.now or os.time())
   local root = sheet:part(sheet.deployment, "Deployment")
   local lines, blocks = header(root), {}
   for _, group in ipairs(layout) do
      local block = block_of(root, group, options.base_url)
      if #block.rows > 0 or (block.table and #block.table > 0) then
         blocks[#blocks + 1] = block
      end
   end
   local label_width = label_width_of(blocks)
   for _, block in ipairs(blocks) do
      put_block(lines, block, label_width)
   end
   local rest = { title = "Other fields", rows = {}, below = {} }
   for _, pair in ipairs(sheet:rest()) do
      add_text(rest.rows, pair[1], pair[2])
   end
   if #rest.rows > 0 then
      put_block(lines, rest, label_width_of({ rest }))
   end
   return lines
end

return card
