local astro = require "astro"
local canonical = require "spec.support.canonical"
local cjson = require "cjson"
local core = require "astro.core"
local documents = require "spec.support.documents"
local pretty = require "astro.pretty"
local world = require "spec.support.world"

-- As the library decodes an answer.
local function decode(text)
   return assert(core.get_deployment(nil, "x", world.token(), { base_url = world.answer("200 OK", text) }))
end

local function compact(value)
   return pretty.json(value, { indent = 0 })
end

local function raised(...)
   local ok, message = pcall(pretty.json, ...)
   assert.is_false(ok)
   return message
end

describe("pretty.json", function()
   it("decodes to the same value: fixtures", function()
      for _, one in ipairs(documents.fixtures()) do
         for _, indent in ipairs({ 0, 2 }) do
            local text = pretty.json(one.deployment, { indent = indent })
            assert.equal(canonical(one.deployment), canonical(decode(text)), one.name)
         end
      end
   end)

   it("decodes to the same value: random documents", function()
      for seed = 1, 150 do
         local deployment = documents.random(seed)
         local text = pretty.json(deployment)
         assert.equal(canonical(deployment), canonical(cjson.decode(text)), "seed " .. seed)
         assert.is_nil(text:gsub("\n", ""):find "%c", "seed " .. seed)
      end
   end)

   it("has the schema's order of keys, then the unknown ones, sorted", function()
      local value = { zebra = 1, name = "n", apple = 2, id = "i", workloadIdentity = "w", uiUrl = "u" }
      assert.equal(
         '{"id":"i","name":"n","workloadIdentity":"w","uiUrl":"u","apple":2,"zebra":1}',
         compact(value)
      )
      assert.equal(
         '{"workerQueues":[{"id":"q","name":"n","b":1}]}',
         compact({ workerQueues = { { b = 1, name = "n", id = "q" } } })
      )
   end)

   it("indents by two, or as asked", function()
      local value = { id = "i", externalIPs = { "a", "b" }, createdBy = {} }
      assert.equal(
         '{\n  "id": "i",\n  "externalIPs": [\n    "a",\n    "b"\n  ],\n  "createdBy": {}\n}',
         pretty.json(value)
      )
      assert.equal('{\n     "id": "i"\n}', pretty.json({ id = "i" }, { indent = 5 }))
   end)

   it("keeps an empty array that nobody knows", function()
      local text = '{"id":"i","budget":{"spent":[]},"tags":[],"what":{}}'
      assert.equal(text, compact(decode(text)))
      assert.equal('{"new":[]}', compact({ new = astro.array({}) }))
      assert.equal('{"new":[1,[]]}', compact({ new = astro.array({ 1, astro.array({}) }) }))
      assert.equal("[]", compact(astro.array({})))
      assert.matches("tags +%[%]\n", pretty.deployment(decode(text)) .. "\n")
   end)

   it("takes the marks of a lua-cjson that has them", function()
      local fork = setmetatable(
         { array_mt = {}, empty_array_mt = {}, empty_array = io.stdout },
         { __index = cjson }
      )
      package.loaded.cjson = fork
      local text = compact({
         a = setmetatable({}, fork.array_mt),
         b = setmetatable({}, fork.empty_array_mt),
         c = fork.empty_array,
         d = setmetatable({}, {}),
         e = fork.null,
      })
      package.loaded.cjson = cjson
      assert.equal('{"a":[],"b":[],"c":[],"d":{},"e":null}', text)
      assert.matches("a value that is a userdata", raised({ io.stdout }))
   end)

   it("tells empty arrays from empty objects by the schema", function()
      assert.equal(
         '{"workerQueues":[],"contactEmails":[],"createdBy":{},"new":{}}',
         compact({ workerQueues = {}, contactEmails = {}, createdBy = {}, new = {} })
      )
      assert.equal(
         '{"remoteExecution":{"allowedIpAddressRanges":[]}}',
         compact({ remoteExecution = { allowedIpAddressRanges = {} } })
      )
      assert.equal("{}", compact({}))
   end)

   it("knows a list and a page of Deployments", function()
      assert.equal('[{"id":"a","workerQueues":[]}]', compact({ { workerQueues = {}, id = "a" } }))
      assert.equal(
         '{"deployments":[{"id":"a","externalIPs":[]}],"limit":1}',
         compact({ limit = 1, deployments = { { externalIPs = {}, id = "a" } } })
      )
      assert.equal('{"deployments":[]}', compact({ deployments = {} }))
   end)

   it("writes numbers as short as they can be, whole ones without a fraction", function()
      for text, number in pairs({
         ["1"] = 1.0,
         ["-42"] = -42,
         ["12.75"] = 12.75,
         ["0.1"] = 0.1,
         ["1e-07"] = 1e-7,
         ["9007199254740991"] = 2 ^ 53 - 1,
         ["1e+300"] = 1e300,
         ["0.30000000000000004"] = 0.1 + 0.2,
      }) do
         assert.equal(text, compact(number))
      end
      assert.equal(2 ^ 60, cjson.decode("[" .. compact(2 ^ 60) .. "]")[1])
   end)

   it("escapes what must not stand there, and has U+FFFD for what is no UTF-8", function()
      assert.equal([["a\"b\\c\n\t\r\b\f\u0000\u001b\u007f/"]], compact 'a"b\\c\n\t\r\b\f\0\27\127/')
      assert.equal([["\u009b\u2028\u202e日本"]], compact "\194\155\226\128\168\226\128\174日本")
      assert.equal('"a\239\191\189b"', compact "a\255b")
      assert.equal([[{"a\nb":1}]], compact({ ["a\nb"] = 1 }))
   end)

   it("does not mask: it is data", function()
      local value = { environmentVariables = { { key = "A", value = "s3cr3t-1", isSecret = true } } }
      assert.equal(
         '{"environmentVariables":[{"key":"A","value":"s3cr3t-1","isSecret":true}]}',
         compact(value)
      )
   end)

   it("raises for what JSON does not have", function()
      local cycle = {}
      cycle.inner = { cycle }
      for what, value in pairs({
         ["more than 200 levels, as of a table that holds itself"] = cycle,
         ["a number that is nan"] = { 0 / 0 },
         ["a number that is inf"] = { 1 / 0 },
         ["a value that is a function"] = { print },
         ["a number as a key"] = { [5] = 1 },
      }) do
         local message = raised(value):gsub("%-nan", "nan")
         local wanted = ("bad argument 'value' to 'pretty.json' (%s)"):format(what)
         assert.equal(wanted, message:match "^[^\n]*json_spec.lua:%d+: (.*)$")
      end
      assert.matches("a number as a key", raised({ 1, nil, 3 }))
      assert.matches("a %l+ as a key", raised({ 1, nil, 3, x = 2 }))
      assert.matches("did you mean 'indent'", raised({}, { indnt = 1 }))
      assert.matches(
         "bad option 'indent' to 'pretty.json' %(a whole number from 0 to 16 expected",
         raised({}, { indent = -1 })
      )
   end)

   it("lets one table stand in two places", function()
      local shared = { a = 1 }
      assert.equal('{"x":{"a":1},"y":{"a":1}}', compact({ x = shared, y = shared }))
   end)

   it("writes cjson.null, which a body to be sent may have", function()
      assert.equal('{"a":null}', pretty.json({ a = require("cjson").null }, { indent = 0 }))
   end)
end)

describe("pretty.body", function()
   it("is the JSON of a body, empty lists as such", function()
      local value = { ids = astro.array({}), tags = { "ü" }, settings = {} }
      assert.equal('{"ids":[],"settings":{},"tags":["ü"]}', pretty.body(value))
   end)
end)
