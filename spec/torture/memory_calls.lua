-- What memory.c tries: each gives a function that gives in one text what came.

local plain = "http://127.0.0.1:" .. os.getenv "STAND_IN_HTTP_PORT"
local lists = plain .. "/lists/plain/3"
local FULL = "cmdep0full0000000000000001"

local calls = {}

local tokens = 0

-- The stand-in limits how often a token may ask.
local function token()
   tokens = tokens + 1
   return ("torture-token-%d-%.6f"):format(tokens, os.clock() + os.time())
end

local function options(base_url, more)
   local given = { base_url = base_url, retries = 0, rate = false, timeout = 10, token = token }
   for name, value in pairs(more or {}) do
      given[name] = value
   end
   return given
end

local function outcome(value, _, err)
   return value and "value" or err.kind
end

-- Everything from the first require on.
function calls.open()
   return function()
      for name in pairs(package.loaded) do
         if name:find "^astro" then
            package.loaded[name] = nil
         end
      end
      return outcome(require("astro").get_deployment(nil, FULL, token, options(plain)))
   end
end

-- The core's own call, its connection new.
function calls.core()
   local core = require "astro.core"
   return function()
      local session = core.session()
      local one = outcome(session:get_deployment("org", FULL, token, { base_url = lists }))
      local id = "cmmany00000000000000000001"
      local two = outcome(session:get_deployment("org", id, token(), { base_url = lists }))
      session:close()
      return one .. " " .. two
   end
end

-- The same over TLS and HTTP/2.
function calls.tls()
   local core = require "astro.core"
   return function()
      local session = core.session()
      local came = outcome(session:get_deployment(nil, FULL, token, nil))
      session:close()
      return came
   end
end

function calls.get()
   local client = require("astro").client(options(plain, { log = function() end }))
   return function()
      return outcome(client:get_deployment(FULL))
   end
end

function calls.list()
   local client = require("astro").client(options(lists, { organization = "org" }))
   return function()
      local page = outcome(client:list_deployments({ limit = 2 }))
      local found, failed = client:get_deployments({ "cmmany00000000000000000002", "nobody" })
      return ("%s %s %s"):format(page, next(found) or "none", failed.nobody.kind)
   end
end

function calls.error()
   local errors = plain .. "/errors/"
   local client = require("astro").client(options(errors .. "400_field_errors.json"))
   local other = require("astro").client(options(errors .. "502_gateway.html"))
   return function()
      local _, _, err = client:get_deployment(FULL)
      local _, _, second = other:get_deployment(FULL)
      return err.kind .. " " .. second.kind
   end
end

function calls.send()
   local client = require("astro").client(options(plain .. "/echo"))
   require "astro.pretty" -- writes the body; Lua 5.1 never loads again what memory ended in
   return function()
      local query, body = { a = { "1", "2" } }, { name = "x", list = { 1, 2 } }
      return outcome(client:request("POST", "/x/{y}", { params = { y = "z" }, query = query, body = body }))
   end
end

function calls.transport()
   require "astro.client.run" -- as with send
   local headers = { ["Retry-After"] = { "1", "2" }, Location = "/x", Sunset = "a day" }
   local client = require("astro").client(options("https://torture.invalid/x", {
      log = function() end,
      transport = function(request)
         return request.method == "GET" and 302 or nil, request.method == "GET" and headers or "no", "connect"
      end,
   }))
   return function()
      local _, _, err = client:get_deployment(FULL)
      local _, _, second = client:request("POST", "/x", { body = "{}" })
      return err.kind .. " " .. second.kind
   end
end

function calls.loop()
   local poll = require "astro.loop.poll"
   local client = require("astro").client(options(lists, { organization = "org", loop = poll }))
   return function()
      local came = {}
      local function one(id)
         return function()
            local kind = outcome(client:get_deployment(id))
            came[#came + 1] = kind
         end
      end
      poll.run(one "cmmany00000000000000000001", one "cmmany00000000000000000002", one "nobody")
      table.sort(came)
      return table.concat(came, " ")
   end
end

return calls
