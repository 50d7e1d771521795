--- Opens links in the browser.

local function opener()
   for _, program in ipairs({ "xdg-open", "open" }) do
      if vim.fn.executable(program) == 1 then
         return program
      end
   end
end

---@param url? string opened only where it is an http or https URL
---@return string? problem
local function browse(url)
   if not (url and url:lower():find "^https?://") then
      return "no link here"
   elseif vim.ui.open then
      return select(2, vim.ui.open(url))
   end
   local program = opener()
   if not program then
      return "nothing opens links here: " .. url
   end
   vim.fn.jobstart({ program, url }, { detach = true })
end

return browse
