--- For the tests of one's own scripts: a client without a network, and real exchanges kept and played again.

local client = require "astro.client"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"
local service = require "astro.testing.service"
local tape = require "astro.testing.tape"
local time = require "astro.testing.time"

---What a service is made of.
---@class astro.testing.ServiceOptions
---@field deployments? astro.Deployment[]
---@field failures? (integer|string|false|table)[]
---@field steps? table<string, (string|table)[]>

---@class astro.testing.Options: astro.Options, astro.testing.ServiceOptions

---@class astro.testing
---@field time astro.Time that of testing clients: it passes where one of them waits, at once
local testing = { time = time }

-- Nothing of the environment reaches a test, and nothing of it anybody.
local DEFAULTS = {
   base_url = "https://testing.invalid",
   api_version = "auto",
   token = "testing-token",
   organization = "cmorg0testing",
}

---The service as a transport, for a client of one's own or to be asked by another transport. It gives Deployments one
---by one and by pages, with the query's filters, and takes hibernation overrides. Raises on misuse, and later on a
---request for anything else.
---
---`steps` has by ids what a Deployment is from look to look: statuses, or tables of fields that go before the given
---ones; the last stays. `failures` are what requests meet in place of an answer, one each, in their order: `false`
---(nothing), a status, a kind as a transport gives it (of `timeout`, the request's time passes), or a table of
---`status` or `kind`, `message`, `retry_after`, `body`, and whom it is for: `id`, `method`, `times`.
---@param given? astro.testing.ServiceOptions
---@return astro.Transport
function testing.service(given)
   return service.new(options.read(given, options.of_service, "testing.service"), "testing.service")
end

-- Reads options: the service's, and the client's.
local function read(given, to)
   local own, of_client = options.read(given, options.of_testing_client, to)
   local of_service = {}
   for name, value in next, own do
      (options.of_service.rows[name] and of_service or of_client)[name] = value
   end
   return of_service, of_client
end

---A client of such a service, or of the transport that it is given: its methods do what those of any client do. Where
---it would wait, time passes at once (`testing.time`), by the seconds that it would have been; with a `loop` it waits
---in that. Neither network nor environment nor file is touched. Raises on misuse.
---@param given? astro.testing.Options a client's, and those of `testing.service`
---@return astro.Client
function testing.client(given)
   local of_service, of_client = read(given, "testing.client")
   local transport = service.new(of_service, "testing.client")
   local first = (of_service.deployments or {})[1]
   of_client.organization = of_client.organization or (first and first.organizationId)
   for name, value in next, DEFAULTS do
      of_client[name] = of_client[name] == nil and value or of_client[name]
   end
   of_client.transport = of_client.transport or transport
   return client.new(of_client, not of_client.loop and time or nil)
end

---A transport that goes on by libcurl, or by another transport, and keeps each exchange in a file, in the order in
---which they end: JSON, a line each. What is there before is lost. Raises where the file cannot be written. It is for
---`astro.client`: the service counts by the real time.
---
---Kept are method, URL, body and headers of a request, and status, body and a few headers of its answer, or why there
---was none. Masked are the token wherever it stands, the values of headers that are not the library's own, secret
---values as pictures mask them, and of a redirect all but the host. Everything else is kept as it is: names, e-mail
---addresses, values of variables that are no secrets.
---@param file string its path
---@param transport? astro.Transport
---@return astro.Transport
function testing.record(file, transport)
   misuse.expect(file, "string", "file", "testing.record")
   if transport ~= nil then
      misuse.expect(transport, "function", "transport", "testing.record")
   end
   return tape.record(file, transport)
end

---A transport that plays a file of `testing.record`. Each request gets what came of the same method, path, query and
---body, in the order of the file, each once; the host and the headers do not count. Raises on a request that is not
---there, or not that often, naming it, and where the file cannot be read.
---@param file string its path
---@return astro.Transport
function testing.replay(file)
   misuse.expect(file, "string", "file", "testing.replay")
   return tape.replay(file)
end

return testing
