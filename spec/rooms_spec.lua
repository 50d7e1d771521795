-- The picture in CONTRIBUTING.md against the files, what they require and what they include.

local world = require "spec.support.world"

local FOLDERS = { core = "src", transport = "src/transport" }
local NO_FRONT = { api = true, loop = true, paths = true, core = true, transport = true }

-- The rooms in the picture's order: each with what it is said to know, and its place.
local function read_picture()
   local rooms, names = {}, {}
   local picture = assert(world.read("CONTRIBUTING.md"):match "```text\n(.-)```")
   for line in picture:gmatch "[^\n]+" do
      local name, knows = line:match "^([%l_]+)", {}
      for known in (line:match "  %-> ([%l ]+)$" or ""):gmatch "%l+" do
         knows[known] = true
      end
      names[#names + 1] = name
      rooms[name] = { knows = knows, place = #names, files = {} }
   end
   return rooms, names
end

local function room_of(path)
   local folder = path:match "^(.*)/"
   for name, its_folder in pairs(FOLDERS) do
      if folder == its_folder then
         return name
      end
   end
   return path:match "^lua/astro/([%l_]+)[/.]" or path:match "^lua/(astro)%.lua$"
end

local function is_there(path)
   local file = io.open(path)
   return file and file:close()
end

-- What a file requires or includes of ours: the name of each room, and what it takes of it.
local function uses(path)
   local text, found = world.read(path), {}
   if path:find "%.lua$" then
      for name in
         text
            :gsub("%-%-[^\n]*", "")
            :gsub("= later ", "= require ")
            :gsub("later%(", "require(")
            :gmatch '[^`]require[ (]*"(astro[%w_.]*)"'
      do
         found[#found + 1] = { room = name:match "^astro%.([%l_]+)" or "astro", what = name }
      end
   else
      for name in text:gmatch '#include "([^"]+)"' do
         local beside = (path:match "^.*/" .. name):gsub("[^/]+/%.%./", "")
         found[#found + 1] = { room = room_of(is_there(beside) and beside or "src/" .. name), what = name }
      end
   end
   return found
end

describe("the picture in CONTRIBUTING.md", function()
   local rooms, names = read_picture()
   local homeless = {}
   for file in io.popen("find lua src -type f"):lines() do
      local room = rooms[room_of(file)]
      table.insert(room and room.files or homeless, file)
   end

   it("has a room for every file, and no empty one", function()
      for _, name in ipairs(names) do
         assert.is_true(#rooms[name].files > 0, name)
      end
      assert.same({}, homeless)
   end)

   for _, name in ipairs(names) do
      local room = rooms[name]

      it("says whom " .. name .. " knows", function()
         local met = {}
         for _, file in ipairs(room.files) do
            for _, use in ipairs(uses(file)) do
               met[use.room] = use.room ~= name or nil
            end
         end
         assert.same(room.knows, met)
      end)

      it("lets " .. name .. " know only what lies below it, by its front", function()
         for _, file in ipairs(room.files) do
            for _, use in ipairs(uses(file)) do
               local is_own = use.room == name
               assert.is_true(is_own or rooms[use.room].place > room.place, file .. ": " .. use.what)
               local is_front = NO_FRONT[use.room] or use.what == "astro." .. use.room
               assert.is_true(is_own or is_front, file .. ": " .. use.what)
            end
         end
      end)
   end
end)
