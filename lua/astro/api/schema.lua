--- This library's own options, queries and policies, as data. The transport options stand in `core.options`, the
--- fields of objects in `astro.api.fields`.

local schema = {}

-- Options of a client, beside the transport options.
schema.options = {
   {
      name = "organization",
      type = "id",
      env = "ASTRO_ORGANIZATION_ID",
      text = "the organization's id; without one, that of a token which is a JWT",
   },
   {
      name = "token",
      type = "token",
      env = "ASTRO_API_TOKEN",
      text = "the API token, or a function that gives it at each request",
   },
   {
      name = "check_token",
      type = "boolean",
      default = true,
      text = "`false`: a token that has expired by its own word is sent, too",
   },
   {
      name = "rate",
      type = "rate",
      default = 25,
      min = 0.001,
      max = 1000000,
      text = "GETs a second for each token, or `false`; other processes are not counted",
   },
   {
      name = "rate_dict",
      type = "dict",
      text = "name of a `lua_shared_dict` for it alone: an nginx's workers keep the rate, and its pauses, together",
   },
   {
      name = "concurrency",
      type = "integer",
      min = 1,
      max = 1000,
      text = "requests at once; by default 200 over two HTTP/2 connections, 8 over HTTP/1.1",
   },
   {
      name = "api_pin",
      type = "string",
      text = "sent as `X-API-Version`, such as `1.0`",
   },
   {
      name = "loop",
      type = "loop",
      text = 'the event loop to yield to, such as `require "astro.loop.luv"`; without one, calls block',
   },
   {
      name = "blocking",
      type = "boolean",
      text = "`true`: a call may block even an nginx worker that serves requests",
   },
   {
      name = "on_request",
      type = "function",
      text = "`function(request)` before each attempt: what it writes into `request.headers` is sent",
   },
   {
      name = "on_response",
      type = "function",
      text = "`function(request, response)` after each attempt: status, headers, HTTP version and more",
   },
   {
      name = "cancel",
      type = "canceller",
      text = "from `astro.canceller()`: calling it ends calls, those to come too, as `cancelled`",
   },
   {
      name = "progress",
      type = "boolean",
      default = false,
      text = "`true`: on a terminal a line on stderr says how far pages, many and waits have come",
   },
   {
      name = "transport",
      type = "transport",
      text = "`function(request)` in place of libcurl: gives `status, headers, body`, or `nil, message`",
   },
}

-- The options that a single call may set, too: ours, and the transport's.
schema.call_options = {
   "organization",
   "token",
   "headers",
   "timeout",
   "attempt_timeout",
   "connect_timeout",
   "retries",
   "max_body",
   "transport",
   "cancel",
   "on_request",
   "on_response",
   "progress",
}

-- The options that all clients of the same connections have in common: what belongs to these, the loop and the rate.
schema.shared_options =
   { "base_url", "ca_file", "ca_path", "proxy", "rate", "rate_dict", "concurrency", "loop" }

-- Options of single methods, beside those or in their place.
schema.methods = require "astro.api.methods"

-- Options of `astro.testing.service`, and of `astro.testing.client` beside a client's.
schema.testing = {
   { name = "deployments", type = "table", text = "Deployments that there are; without a status `HEALTHY`" },
   {
      name = "failures",
      type = "table",
      text = "what the next requests meet: `false` for nothing, a status, a kind, or a table",
   },
   { name = "steps", type = "table", text = "by ids: a list of statuses, or of fields, from look to look" },
}

-- Keys of a failure among those.
schema.testing_failure = {
   { name = "status", type = "integer", min = 100, max = 599, text = "of the answer" },
   { name = "kind", type = "string", text = "in place of an answer: as a transport gives it" },
   { name = "message", type = "string", text = "what the service says of it" },
   { name = "retry_after", type = "integer", min = 0, max = 604800, text = "seconds; of a status" },
   { name = "body", type = "body", text = "in place of the API's own error, as it is" },
   { name = "id", type = "string", text = "only requests for this Deployment" },
   { name = "method", type = "string", text = "only requests of this method" },
   { name = "times", type = "integer", default = 1, min = 1, max = 1000000000, text = "how many requests" },
}

-- Options of `astro.check`.
schema.check_options = {
   {
      name = "api_version",
      type = "version",
      text = "whose names alone are as documented: `v1` or `v1beta1`",
   },
}

-- What a picture may show; the options of each function of `astro.pretty`.
schema.show = {
   { name = "values", type = "boolean", default = true, text = "environment variables' values" },
   {
      name = "secrets",
      type = "boolean",
      default = false,
      text = "those of secret ones, where they were sent",
   },
   {
      name = "identities",
      type = "boolean",
      default = false,
      text = "e-mail addresses, user names, identities",
   },
}

local color = { name = "color", type = "color", default = false, text = "`true`, `false` or `auto`" }
local show = { name = "show", type = "table", text = "what to show or hide" }
local now =
   { name = "now", type = "seconds", min = 0, max = 253402300799, text = "since the epoch; by default now" }

local width = {
   name = "width",
   type = "width",
   min = 1,
   max = 10000,
   text = "the most columns of a line, or `auto`: those of the terminal that stdout is",
}

schema.pretty = {
   deployment = { color, show, now, width },
   table = {
      color,
      show,
      { name = "columns", type = "table", text = "paths, or pairs of a path or a function and its heading" },
      width,
   },
   json = {
      {
         name = "indent",
         type = "integer",
         default = 2,
         min = 0,
         max = 16,
         text = "blanks; 0: all in one line",
      },
   },
   diff = { color, show },
   log = { color },
   history = { color, show, width },
}

-- Statuses in which a Deployment's hibernation is not to be overridden: it is made just now, or a deploy needs it awake.
schema.no_override = {
   hibernate = { CREATING = true, DEPLOYING = true },
   wake = { CREATING = true },
   resume_schedule = { CREATING = true },
   while_awake = {}, -- it sets what is there, or was
}

-- Methods that a request may have.
schema.request_methods = { GET = true, POST = true, PUT = true, PATCH = true, DELETE = true }

-- Which failures may pass by themselves, and after which the service has certainly not done what it was asked.
schema.retry = {
   kinds = { connect = true, timeout = true, transport = true, rate_limited = true },
   statuses = { [408] = true, [425] = true, [500] = true, [502] = true, [503] = true, [504] = true },
   unprocessed = { connect = true, rate_limited = true },
   first_delay = 0.5,
   longest_delay = 8,
}
for status = 520, 530 do -- what stands before the service could not reach it
   schema.retry.statuses[status] = true
end

return schema
