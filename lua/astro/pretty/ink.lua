--- Lines of { text, style } pairs as one string, in colour or without. A style is a name for what a text means, so
--- that other surfaces than a terminal may give it their own look.

local core = require "astro.core"
local surface = require "astro.pretty.surface"

local ink = {}

-- By style; a style that is not here is plain. Source: Select Graphic Rendition of ECMA-48.
local SGR = {
   name = "1",
   title = "1",
   label = "2",
   head = "2",
   masked = "2",
   quiet = "2",
   healthy = "32",
   unhealthy = "31",
   changing = "33",
   hibernating = "34",
   unknown = "35",
   error = "31",
   warning = "33",
   info = "32",
   old = "31",
   new = "32",
}

local OF_STATUS = {
   HEALTHY = "healthy",
   UNHEALTHY = "unhealthy",
   CREATING = "changing",
   DEPLOYING = "changing",
   HIBERNATING = "hibernating",
}

---The style of a status, known or not.
---@param status any
---@return string
function ink.of_status(status)
   return OF_STATUS[status] or "unknown"
end

local function is_colour_welcome()
   return (os.getenv "NO_COLOR" or "") == "" and surface "stdout" ~= nil
end

---@alias astro.Segment { [1]: string, [2]?: string, whole?: string } a safe text and its style; of what is a part
---of a broken text, that
---@alias astro.Line astro.Segment[]

---The lines as one text.
---@param lines astro.Line[]
---@param color? boolean|"auto" "auto": if stdout is a terminal that may be coloured
---@return string text without a line break at its end
function ink.join(lines, color)
   if color == "auto" then
      color = is_colour_welcome()
   end
   return core.join(lines, color and SGR or nil)
end

return ink
