--- What failed, in one line.

local problem = {}

---The line, without the position that misuse is raised with and without Vim's account of who called it; of a variable
---that is not set, that alone.
---@param raised any a message or an error
---@return string line
function problem.line(raised)
   local line = tostring(raised):match "^[^\n]*"
   return line:match "(ASTRO_[%u_]+ is not set)%)$"
      or line:match "Vim[^ ]*:(E%d+: .*)"
      or (line:gsub("^%S+:%d+: ", ""))
end

---Tells it where there is no window to say it in: cut before the editor would ask for ENTER.
---@param raised any
function problem.notify(raised)
   local line, room = "astro: " .. problem.line(raised), vim.v.echospace
   if vim.fn.strdisplaywidth(line) > room then
      line = vim.fn.printf("%." .. (room - 1) .. "S", line) .. "…"
   end
   vim.notify(line, vim.log.levels.ERROR)
end

return problem
