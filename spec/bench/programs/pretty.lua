-- lua pretty.lua WHAT COUNT: writes the document so often, by a function of astro.pretty or by cjson.encode.

local what, count = arg[1], tonumber(arg[2])
local core = require "astro.core"
local pretty = require "astro.pretty"

require "spec.bench.ballast"

local write = what == "cjson.encode" and require("cjson").encode or pretty[what:match "^astro%.pretty%.(.*)$"]

local file = assert(io.open "spec/bench/document.json")
local deployment = assert(core.decode(file:read "*a"))
file:close()
local text
for _ = 1, count do
   text = write(deployment)
end
assert(count == 0 or #text > 1000)
