--- A Deployment as a card: name and status, then groups of labelled values.

local Block = require "astro.pretty.block"
local columns = require "astro.pretty.columns"
local cron = require "astro.pretty.cron"
local fit = require "astro.pretty.fit"
local Flow = require "astro.pretty.flow"
local hibernation = require "astro.pretty.hibernation"
local ink = require "astro.pretty.ink"
local label = require "astro.pretty.label"
local layout = require "astro.pretty.layout"
local made = require "astro.pretty.made"
local masked = require "astro.pretty.masked"
local phrase = require "astro.pretty.phrase"
local Sheet = require "astro.pretty.sheet"
local urls = require "astro.urls"
local width = require "astro.pretty.width"

local card = {}

local GAP, WRAP = { "  " }, 100

-- Cells that are the same in every card.
local MASKED, NOTHING = { masked.MASK, "masked" }, { "" }

local NO_GROUP = {}

-- Labels by group and field: they are the same in every card.
local labels = made(function(group)
   return made(function(name)
      return Block.label(label.text(name, group.drop))
   end)
end)

local headings = made(function(group)
   return made(function(name)
      return { label.heading(name, group.drop), "head" }
   end)
end)

-- A label without the words that it shares with the beginning of the one before it: "workspace name", "ID".
local function without_shared(text, before)
   local word = text:match "^[^ ]+ "
   while word and before:sub(1, #word) == word do
      text, before = text:sub(#word + 1), before:sub(#word + 1)
      word = text:match "^[^ ]+ "
   end
   return text
end

local labels_behind = made(function(before)
   return made(function(after)
      return Block.label(without_shared(after[1], before[1]))
   end)
end)

-- One line of the layout, with those of its fields that say something.
local function add_row(block, part, names, group)
   local before, said
   for i = 1, #names do
      local name = names[i]
      local text, value = part:text(name)
      if text and not (value == said and group.once and group.once[name]) then
         local own = labels[group][name]
         if before then
            block:add_beside(labels_behind[before][own], text)
         else
            block:add(own, text)
         end
         before = own
      end
      said = value
   end
end

local function add_text(block, name, text)
   if text then
      block:add(Block.label(name), text)
   end
end

-- Fills a column of the items' rows, below its heading: whether any item says something there, and whether all that
-- they say are numbers.
local function fill_column(rows, place, items, name, group)
   local has_any, is_right = false, true
   local words = group.words and group.words[name]
   rows[1][place] = headings[group][name]
   for i = 1, #items do
      local text, value = items[i]:text(name, true)
      if words and text then
         text = words(text) or text
      elseif group.shows_empty and value == "" then
         text = '""'
      end
      has_any = has_any or text ~= nil
      is_right = is_right and (value == nil or type(value) == "number")
      rows[i + 1][place] = text == masked.MASK and MASKED or text and { text } or NOTHING
   end
   return has_any, is_right
end

-- The rows as a table, or as a line or two each where that has no room. Nothing is left out.
local function add_fitted(block, rows, is_right, names, group, limit)
   local manners, own = {}, {}
   for i, name in ipairs(names) do
      manners[i] = { least = group.least and group.least[name], stays = true }
      own[i] = labels[group][name]
   end
   local lines = columns.fitted(rows, is_right, manners, limit - fit.GAP)
   if lines then
      return block:add_table(lines)
   end
   for i = 2, #rows do
      block:add_row(own, rows[i], limit)
   end
end

-- The items as a table. A column in which no item says anything gives its place to the next.
local function add_table(block, items, group, limit)
   local rows, is_right, names, place = { {} }, {}, {}, 1
   for i = 1, #items do
      rows[i + 1] = {}
   end
   for _, name in ipairs(group.columns) do
      local has_any, is_number = fill_column(rows, place, items, name, group)
      if has_any then
         is_right[place], names[place] = is_number, name
         place = place + 1
      end
   end
   for i = 1, #rows do
      rows[i][place] = nil
   end
   if place > 1 and limit then
      add_fitted(block, rows, is_right, names, group, limit)
   elseif place > 1 then
      block:add_table(columns.lines(rows, is_right))
   end
end

local function add_items(block, items, group, limit)
   local names = {}
   for i, item in ipairs(group.beneath and items or {}) do
      names[i] = phrase.plain(item.owner.name) or ("%d"):format(i)
   end
   add_table(block, items, group, limit)
   for i, whose in ipairs(names) do
      for _, name in ipairs(group.beneath) do
         add_text(block, whose .. " " .. labels[NO_GROUP][name][1], items[i]:text(name))
      end
   end
end

local SCHEDULES = {
   drop = { cron = true },
   columns = { "hibernateAtCron", "wakeAtCron", "isEnabled", "description" },
   words = { hibernateAtCron = cron.text, wakeAtCron = cron.text },
   least = { description = 12 },
}

local STATUS_ROW = { "isHibernating", "reason" }

local function add_hibernation(block, root, limit)
   local status = root:part("scalingStatus", "hibernationStatus")
   local spec = root:part("scalingSpec", "hibernationSpec")
   local override = spec and spec:part "override"
   if status then
      add_row(block, status, STATUS_ROW, NO_GROUP)
      add_text(block, "next event", hibernation.next_event(status))
   end
   if override then
      add_text(block, "override", hibernation.override(override))
   end
   add_items(block, spec and spec:items "schedules" or {}, SCHEDULES, limit)
end

local ADDRESSES = {
   drop = { url = true },
   rows = { "uiUrl", "webServerUrl", "apiUrl", "webServerAirflowApiUrl", "webServerIngressHostname" },
}

-- An address as its link, where that has less: the rest of it has a question mark. Most have an organization's id there,
-- and nothing else.
local function without_org_id(text)
   local before = text:match "^(.*)%?orgId=[A-Za-z0-9_-]*$"
   return before or text:find("?", 1, true) and urls({ uiUrl = text }).airflow or text
end

-- The links; then what else there is of addresses, or what should be one.
local function add_links(block, root, links)
   local said = {}
   for _, row in ipairs({ { "Airflow", links.airflow }, { "API", links.api }, { "Astro", links.astro } }) do
      add_text(block, row[1], row[2])
      if row[2] then
         said[row[2]] = true
      end
   end
   for _, key in ipairs(ADDRESSES.rows) do
      local text = root:text(key)
      local short = text and without_org_id(text)
      if text and not (said[text] or said[short] or said["https://" .. short]) then
         block:add(labels[ADDRESSES][key], text)
      end
   end
end

local function block_of(root, group, links, limit)
   local block = Block.new(group.title)
   if group.is_hibernation then
      add_hibernation(block, root, limit)
   elseif group.has_links then
      add_links(block, root, links)
   elseif group.items then
      add_items(block, root:items(group.items), group, limit)
   else
      local part = root:part(group.at)
      for _, names in ipairs(part and group.rows or {}) do
         add_row(block, part, names, group)
      end
   end
   return block
end

local function header(root, limit)
   local flow = Flow.new(limit, 0)
   flow:add(GAP, nil, { root:text "name" or "(no name)", "name" })
   local status, value = root:text "status"
   local reason = root:text "statusReason"
   if status then
      flow:add(GAP, nil, { status, ink.of_status(value) })
   end
   if reason then
      flow:add(GAP, nil, { reason, value == "HEALTHY" and "quiet" or nil })
   end
   local lines = flow.lines
   local description = root:text "description" or ""
   for _, text in ipairs(limit < WRAP and width.fold(description, limit) or width.wrap(description, WRAP)) do
      lines[#lines + 1] = { { text } }
   end
   return lines
end

local function rest_of(sheet)
   local block = Block.new "Other fields"
   for _, pair in ipairs(sheet:rest()) do
      add_text(block, pair[1], pair[2])
   end
   return block
end

---The card as lines. How a style looks is for whoever paints them. A segment that is a part of a value which had to be
---broken has it whole in `whole`.
---@param deployment table
---@param options? { show?: astro.Show, now?: number, base_url?: string, width?: integer } as `pretty.deployment` takes
---them, but that a width is a number
---@return astro.Line[]
function card.lines(deployment, options)
   options = options or {}
   local limit = options.width
   local sheet = Sheet.new(masked.copy(deployment, options.show or {}), options.now or os.time())
   local links, root = urls(sheet.deployment, { base_url = options.base_url }), sheet:root()
   local lines, blocks, label_width = header(root, limit or math.huge), {}, 0
   for _, group in ipairs(layout) do
      local block = block_of(root, group, links, limit)
      blocks[#blocks + 1] = #block.lines > 0 and block or nil
      label_width = math.max(label_width, block.widest)
   end
   for _, block in ipairs(blocks) do
      block:put(lines, label_width, limit)
   end
   local rest = rest_of(sheet)
   if #rest.lines > 0 then
      rest:put(lines, rest.widest, limit)
   end
   if limit then
      fit.clip(lines, limit)
   end
   return lines
end

return card
