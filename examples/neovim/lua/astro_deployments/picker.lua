--- Asks which Deployment.

local Float = require "astro_deployments.float"
local highlight = require "astro_deployments.highlight"
local known = require "astro_deployments.known"
local problem = require "astro_deployments.problem"
local window = require "astro_deployments.window"

local picker = {}

local GAPS, LEAST_NAME = 4, 12 -- columns: those between three columns, and those that a name has at least

-- Shortens names where a line has no room for them, behind the number that an item has.
local function shorten(rows)
   local width, widest = require "astro.pretty.width", { 0, 0, 0 }
   for _, row in ipairs(rows) do
      for i, cell in ipairs(row) do
         widest[i] = math.max(widest[i], width.of(cell[1]))
      end
   end
   local room = vim.o.columns - #("%d: "):format(#rows) - widest[2] - widest[3] - GAPS - 1
   for _, row in ipairs(rows) do
      row[1][1] = width.cut(row[1][1], math.max(room, LEAST_NAME))
   end
end

-- A line for each, in aligned columns.
local function lines_of(deployments)
   local ink, safe = require "astro.pretty.ink", require("astro.pretty.safe").text
   local function cell(value, style)
      return { safe(vim.trim(tostring(value or "-"))), style }
   end
   local rows = {}
   for i, deployment in ipairs(deployments) do
      rows[i] = {
         cell(deployment.name, "name"),
         cell(deployment.status, ink.of_status(deployment.status)),
         cell(deployment.id, "quiet"),
      }
   end
   shorten(rows)
   return require("astro.pretty.columns").lines(rows, {})
end

-- As vim.ui.select has its items: texts, or chunks for a ui that says it takes them, as snacks.nvim does.
local function formatter(deployments)
   local lines, line_of = lines_of(deployments), {}
   for i, deployment in ipairs(deployments) do
      line_of[deployment] = lines[i]
   end
   return function(deployment, takes_chunks)
      local parts = vim.tbl_map(function(segment)
         return takes_chunks and { segment[1], segment[2] and highlight.group(segment[2]) } or segment[1]
      end, line_of[deployment])
      return takes_chunks and parts or table.concat(parts)
   end
end

local function ask(deployments, on_choice)
   local options = { prompt = "Deployment:", kind = "astro_deployment", format_item = formatter(deployments) }
   vim.ui.select(deployments, options, function(chosen)
      if chosen then
         on_choice(chosen)
      end
   end)
end

---Asks by vim.ui.select.
---@param on_choice fun(deployment: astro.Deployment) not called where none was chosen
function picker.ask(on_choice)
   vim.notify "astro: loading Deployments …"
   known.load(nil, function(found, raised)
      if not found then
         Float.open("Deployments", {}, function(width)
            return window.paragraph(problem.line(raised), "error", width)
         end)
      elseif not found[1] then
         vim.notify "astro: there are no Deployments"
      else
         ask(found, on_choice)
      end
   end)
end

return picker
