--- Shows what failed.

---Shows it in one line.
---@param problem any a message or an error; the position that misuse is raised with is left out
---@return string line
local function complain(problem)
   local line = tostring(problem):match("^[^\n]*"):gsub("^%S+:%d+: ", "")
   vim.notify("astro: " .. line, vim.log.levels.ERROR)
   return line
end

return complain
