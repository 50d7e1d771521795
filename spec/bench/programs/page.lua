-- lua page.lua FILE json|table: prints the page of Deployments in a file.

local path, what = arg[1], arg[2]
local core = require "astro.core"
local pretty = require "astro.pretty"

local file = assert(io.open(path))
local size = file:seek "end"
file:seek "set"
local page = assert(core.decode(file:read(size)))
file:close()
print(what == "json" and pretty.json(page) or pretty.table(page.deployments))
