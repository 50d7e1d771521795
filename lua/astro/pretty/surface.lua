--- Terminals that do what control sequences say.

local terminal = require "astro.terminal"

---@param stream "stdout"|"stderr"
---@return integer? columns nil: the stream is no such terminal, or an editor or a server runs this
return function(stream)
   local term = os.getenv "TERM" or ""
   local is_able = term ~= "" and term ~= "dumb"
   local is_ours = (os.getenv "NVIM" or "") == "" and rawget(_G, "vim") == nil and not package.loaded.ngx
   return is_able and is_ours and terminal.columns(stream) or nil
end
