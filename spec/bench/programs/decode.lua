-- lua decode.lua WHOSE COUNT: decodes the document so often, by astro.core or by lua-cjson.

local whose, count = arg[1], tonumber(arg[2])

require "spec.bench.ballast"

local decode = whose == "astro" and require("astro.core").decode or require("cjson").decode

local file = assert(io.open "spec/bench/document.json")
local text = file:read "*a"
file:close()
local deployment
for _ = 1, count do
   deployment = decode(text)
end
assert(deployment.status == "HEALTHY")
