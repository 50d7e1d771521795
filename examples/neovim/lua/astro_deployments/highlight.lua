--- How the styles look: each is a highlight group, by default one that every colour scheme has.

local highlight = {}

local LINKS = {
   name = "Title",
   title = "Title",
   label = "Comment",
   head = "Comment",
   masked = "Comment",
   quiet = "Comment",
   healthy = "String",
   unhealthy = "ErrorMsg",
   changing = "WarningMsg",
   hibernating = "Identifier",
   unknown = "Special",
   error = "ErrorMsg",
   warning = "WarningMsg",
   info = "String",
   old = "DiffDelete",
   new = "DiffAdd",
}

---@param style string a style of a line, such as "healthy"
---@return string group such as AstroHealthy
function highlight.group(style)
   return "Astro" .. style:sub(1, 1):upper() .. style:sub(2)
end

---Gives the groups their links, unless a colour scheme or the user's configuration has given them others.
function highlight.define()
   for style, to in pairs(LINKS) do
      vim.cmd(("highlight default link %s %s"):format(highlight.group(style), to))
   end
end

return highlight
