-- LuaLS, where a machine has it: Debian's packages have none. Seen with 3.19.1.

local cjson = require "cjson"
local uv = require "luv"
local world = require "spec.support.world"

local language_server = {}

-- For our users: the library is a folder beside theirs, which no setting else tells of. One of `table.unpack or unpack`
-- is of another Lua, whichever it is.
local SETTINGS = {
   ["runtime.version"] = "Lua 5.4",
   ["workspace.checkThirdParty"] = false,
   ["workspace.library"] = { uv.cwd() .. "/lua" },
   ["diagnostics.globals"] = { "ngx", "vim" },
   ["diagnostics.disable"] = { "deprecated" },
}

---Whether it is to be had here.
function language_server.is_there()
   local _, status = world.shell "command -v lua-language-server"
   return status == 0
end

local folders = 0

local function new_folder()
   folders = folders + 1
   local path = ("%s/checked%d"):format(os.getenv "FAULTS_DIR", folders)
   assert(uv.fs_mkdir(path, 448))
   return path
end

local function lines_of(report)
   local lines = {}
   for uri, found in pairs(cjson.decode(report)) do
      for _, one in ipairs(found) do
         local place = ("%s:%d"):format(uri:match "[^/]*$", one.range.start.line + 1)
         lines[#lines + 1] = ("%s: %s: %s"):format(place, one.code, one.message:match "[^\n]*")
      end
   end
   table.sort(lines)
   return lines
end

---A new folder with files of a user's.
---@param files table<string, string> texts by names
---@return string
function language_server.folder(files)
   local folder = new_folder()
   for name, text in pairs(files) do
      world.put(folder .. "/" .. name, text)
   end
   return folder
end

---What it warns of in a folder's files: "name:line: code: message", sorted.
---@param folder string
---@return string[]
function language_server.warnings(folder)
   local own = new_folder()
   world.put(own .. "/settings.json", cjson.encode(SETTINGS))
   local command = "lua-language-server --check %s --check_format=json --configpath=%s/settings.json --logpath=%s/log "
      .. "--metapath=%s/meta --check_out_path=%s/report.json"
   local output, status = world.shell(command:format(folder, own, own, own, own))
   if status == 0 then
      return {}
   end
   assert(uv.fs_stat(own .. "/report.json"), output)
   return lines_of(world.read(own .. "/report.json"))
end

return language_server
