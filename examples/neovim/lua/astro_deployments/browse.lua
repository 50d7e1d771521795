--- Opens links in the browser.

local browse = {}

-- Those of vim.ui.open, which Neovim 0.10 brought.
local PROGRAMS = { "xdg-open", "open", "wslview", "explorer.exe", "lemonade" }

---@return string? program that opens links
function browse.program()
   for _, program in ipairs(PROGRAMS) do
      if vim.fn.executable(program) == 1 then
         return program
      end
   end
end

---@param url? string opened only where it is an http or https URL
---@return string? problem
function browse.open(url)
   if not (url and url:lower():find "^https?://") then
      return "no link here"
   elseif vim.ui.open then
      return select(2, vim.ui.open(url))
   end
   local program = browse.program()
   if not program then
      return "nothing opens links here: " .. url
   end
   vim.fn.jobstart({ program, url }, { detach = true })
end

return browse
