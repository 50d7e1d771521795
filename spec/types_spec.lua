local annotations = require "spec.support.annotations"
local language_server = require "spec.support.language_server"
local world = require "spec.support.world"

local BUILT_IN = {}
for name in
   ("any boolean false function integer nil number string table thread true unknown userdata"):gmatch "%a+"
do
   BUILT_IN[name] = true
end

-- All blocks of annotations of some text: { path = text }.
local function read(texts)
   local blocks = {}
   for path, text in pairs(texts) do
      for _, block in ipairs(annotations.blocks(text)) do
         block.path = path
         blocks[#blocks + 1] = block
      end
   end
   return blocks
end

-- The names of classes and aliases. A class may be opened again, but not to say anew what it has.
local function define(blocks, complain)
   local defined, filled = {}, {}
   for _, block in ipairs(blocks) do
      for i, fact in ipairs(block.facts) do
         local name, following = fact.name, block.facts[i + 1]
         if fact.tag == "alias" or fact.tag == "class" and following and following.tag == "field" then
            complain(block, fact, filled[name] and name .. " stands twice")
            filled[name] = true
         end
         defined[name or ""] = fact.tag == "alias" or fact.tag == "class" or defined[name or ""]
      end
   end
   return defined
end

local function check_fields(block, complain)
   local fields = {}
   for _, fact in ipairs(block.facts) do
      if fact.tag == "class" then
         fields = {}
      elseif fact.tag == "field" and fact.name then
         complain(block, fact, fields[fact.name] and fact.name .. " stands twice")
         fields[fact.name] = true
      end
   end
end

-- Those that are annotated stand in the function's order.
local function check_parameters(block, complain)
   local place = 0
   for _, fact in ipairs(block.facts) do
      if fact.tag == "param" and fact.name then
         repeat
            place = place + 1
         until block.parameters[place] == fact.name or place > #block.parameters
         complain(block, fact, not block.parameters[place] and "no such parameter, or not there")
      end
   end
end

-- What is wrong with the annotations: "path:line: why", sorted.
local function faults_of(texts)
   local blocks, faults = read(texts), {}
   local function complain(block, fact, why)
      faults[#faults + 1] = why and ("%s:%d: %s"):format(block.path, fact.line, why) or nil
   end
   local defined = define(blocks, complain)
   for _, block in ipairs(blocks) do
      check_fields(block, complain)
      check_parameters(block, complain)
      for _, fact in ipairs(block.facts) do
         complain(block, fact, fact.problem)
         for _, name in ipairs(fact.types) do
            complain(block, fact, not (BUILT_IN[name] or defined[name]) and "no type " .. name)
         end
      end
   end
   table.sort(faults)
   return faults
end

local function files_below(...)
   local texts = {}
   for path in world.shell("find " .. table.concat({ ... }, " ") .. " -name '*.lua'"):gmatch "[^\n]+" do
      texts[path] = world.read(path)
   end
   return texts
end

describe("annotations", function()
   it("are well formed, of types that there are, and of the function's own parameters", function()
      assert.same(
         {},
         faults_of(files_below("lua", "examples/*.lua", "examples/neovim", "examples/openresty"))
      )
   end)

   it("would be found wrong", function()
      for text, fault in pairs({
         ["---@param a astro.Nobody\nfunction f(a) end"] = "x:1: no type astro.Nobody",
         ["---@param b string\nfunction f(a) end"] = "x:1: no such parameter, or not there",
         ["---@param b any\n---@param a any\nlocal function f(a, b) end"] = "x:2: no such parameter, or not there",
         ["---@field a string\n---@field a? number\nlocal x"] = "x:2: a stands twice",
         ["---@alias a string\nlocal x\n---@alias a number\n"] = "x:3: a stands twice",
         ["---@return string text, with its end\n"] = "x:1: no type with",
         ["---@param a { f: fun(): any, b?: string }\nfunction f(a) end"] = "x:1: '}' expected before ': string }'",
         ["---@type string|\n"] = "x:1: a type expected before ''",
         ["---@parm a string\n"] = "x:1: no such tag",
         ["---@type table<string\n"] = "x:1: '>' expected before ''",
      }) do
         assert.equal(fault, faults_of({ x = text })[1])
      end
   end)
end)

describe("a language server", function()
   local it = language_server.is_there() and it or pending

   it("warns of a misspelt field and of wrong options", function()
      local warnings = language_server.warnings(language_server.folder({
         ["script.lua"] = [[
            local astro = require "astro"
            local client = astro.client { timeout = "5", api_version = "v3" }
            local deployment = assert(client:get_deployment("x"))
            print(deployment.nmae, deployment.workerQueues[1].podCpuu)
            for line in client:each_log("x", { follow = "yes" }) do
               print(line.raww)
            end
            print(client:get_deploymnt("x"), astro.pretty.tabel, astro.enums.status.HEALTY)
            local one, _, err = client:get_deployment("x")
            print(one.name, err and err.knd)
            ---@type astro.CallOptions
            local options = {}
            options.timeot = 5 -- LuaLS says nothing of a name that stands in a call's own table
         ]],
      }))
      local expected = {
         'script.lua:2: assign-type-mismatch: Cannot assign `string` to `("auto"|"none"|"v1"|"v1beta1")?`.',
         "script.lua:2: assign-type-mismatch: Cannot assign `string` to `number?`.",
         "script.lua:4: undefined-field: Undefined field `nmae`.",
         "script.lua:4: undefined-field: Undefined field `podCpuu`.",
         "script.lua:5: assign-type-mismatch: Cannot assign `string` to `boolean?`.",
         "script.lua:6: undefined-field: Undefined field `raww`.",
         "script.lua:8: undefined-field: Undefined field `HEALTY`.",
         "script.lua:8: undefined-field: Undefined field `get_deploymnt`.",
         "script.lua:8: undefined-field: Undefined field `tabel`.",
         "script.lua:10: need-check-nil: Need check nil.",
         "script.lua:10: undefined-field: Undefined field `knd`.",
         "script.lua:13: inject-field: Fields cannot be injected into the reference of `astro.CallOptions` for "
            .. "`timeot`. To do so, use `---@class` for `options`.",
      }
      table.sort(expected)
      assert.same(expected, warnings)
   end)

   it("warns of nothing in the examples", function()
      assert.same({}, language_server.warnings "examples")
   end)

   it("warns of nothing in the README, nor in what uses the rest as it is documented", function()
      local files = { ["usage.lua"] = world.read "spec/fixtures/usage.lua" }
      for code in world.read("README.md"):gmatch "```lua\n(.-)```" do
         files[("readme%d.lua"):format(#code)] = code
      end
      assert.same({}, language_server.warnings(language_server.folder(files)))
   end)

   it("takes our annotations for what they are", function()
      local wrong = {}
      for _, warning in ipairs(language_server.warnings "lua") do
         wrong[#wrong + 1] = warning:find ": [%l-]*doc[%l-]*: " and warning or nil
      end
      assert.same({}, wrong)
   end)
end)
