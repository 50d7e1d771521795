local world = require "spec.support.world"
local astro = require "astro"
local core = require "astro.core"

local function fetch(options, id)
   options.timeout = options.timeout or 5
   return core.get_deployment(nil, id or "x", world.token(), options)
end

local function kind_of(base_url, options)
   options = options or {}
   options.base_url = base_url
   local deployment, message, err = fetch(options)
   assert.is_nil(deployment)
   assert.equal(message, err.message)
   assert.equal(message, tostring(err))
   assert.matches("^GET deployment x: [^\n]+$", message)
   return err.kind, err
end

describe("kinds", function()
   for status, kind in pairs({
      [300] = "invalid",
      [304] = "invalid",
      [400] = "invalid",
      [401] = "unauthorized",
      [403] = "forbidden",
      [404] = "not_found",
      [405] = "invalid",
      [408] = "invalid",
      [409] = "conflict",
      [410] = "invalid",
      [418] = "invalid",
      [422] = "invalid",
      [429] = "rate_limited",
      [500] = "server",
      [502] = "server",
      [503] = "server",
      [504] = "server",
      [599] = "server",
   }) do
      it(("calls %d %s, whatever the body"):format(status, kind), function()
         for _, body in ipairs({ "", '{"message":"words"}', "plain\0text", "<html>", "[1,2" }) do
            local answer = ("HTTP/1.1 %d Whatever\r\n\r\n%s"):format(status, body)
            local got, err = kind_of(world.fault("send", answer))
            assert.equal(kind, got)
            assert.equal(status, err.status)
            assert.equal(1, err.attempts)
         end
      end)
   end

   it("calls a refused connection connect", function()
      local kind, err = kind_of "http://127.0.0.1:1"
      assert.equal("connect", kind)
      assert.is_nil(err.status)
   end)

   it("calls a name that does not exist connect", function()
      assert.equal("connect", (kind_of("https://no-such-host.invalid", { proxy = false })))
   end)

   for _, host in ipairs({ "closing.localhost", "reset.localhost" }) do
      it("calls a TLS handshake that ends at once connect: " .. host, function()
         assert.equal("connect", (kind_of(world.faults("https://" .. host))))
      end)
   end

   for _, word in ipairs({ "refuse", "close" }) do
      it("calls a proxy that answers CONNECT so connect: " .. word, function()
         local options = { proxy = world.faults "http://127.0.0.1" }
         assert.equal("connect", (kind_of("https://" .. word .. ".invalid", options)))
      end)
   end

   for reason, proxy in pairs({
      ["wants credentials"] = world.faults "http://127.0.0.1",
      ["is of no kind"] = "xyz://x",
   }) do
      it("does not ask a proxy again that " .. reason, function()
         local client = astro.client({
            base_url = "https://login.invalid",
            proxy = proxy,
            token = "t",
            organization = "o",
         })
         local _, _, err = client:get_deployment "id"
         assert.same({ "connect", true, 1 }, { err.kind, err.final, err.attempts })
      end)
   end

   it("calls a proxy that is not there connect", function()
      assert.equal("connect", (kind_of("https://x.invalid", { proxy = "http://127.0.0.1:1" })))
   end)

   for host, words in pairs({
      expired = "expired",
      otherhost = "subject name",
      untrusted = "issuer",
      selfsigned = "self%-signed",
   }) do
      it("calls a certificate tls: " .. host, function()
         local kind, err = kind_of(world.host(host .. ".localhost"))
         assert.equal("tls", kind)
         assert.matches(words, err.message)
      end)
   end

   it("calls it tls when there is no common protocol", function()
      assert.equal("tls", (kind_of(world.host "127.0.0.2")))
   end)

   it("calls it tls when the other side speaks none", function()
      assert.equal("tls", (kind_of((world.plain():gsub("^http", "https")))))
   end)

   it("calls a ca_file that is not there tls", function()
      local kind, err = kind_of(world.stand_in, { ca_file = "/no/such/file.pem" })
      assert.equal("tls", kind)
      assert.matches("'ca_file'", err.message)
   end)

   it("says how an authority is trusted, where that would help", function()
      for host, helps in pairs({ untrusted = true, selfsigned = true, expired = false, otherhost = false }) do
         local _, err = kind_of(world.host(host .. ".localhost"))
         assert.equal(helps, err.message:find("'ca_file'", 1, true) ~= nil, err.message)
      end
   end)

   it("says of headers without an end what they are", function()
      local filler = ("X-Filler: " .. ("x"):rep(1000) .. "\r\n"):rep(200)
      local _, err = kind_of(world.fault("send", "HTTP/1.1 200 OK\r\n" .. filler .. "\r\n{}"))
      assert.matches("transport: headers without an end$", err.message)
   end)

   it("calls a redirect what is one", function()
      for status, is_redirect in pairs({
         [301] = true,
         [308] = true,
         [300] = false,
         [304] = false,
         [305] = false,
      }) do
         local _, err = kind_of(world.answer(status .. " x", "", "Location: https://else.invalid/\r\n"))
         assert.equal(is_redirect, err.message:find("redirect", 1, true) ~= nil, err.message)
      end
   end)

   -- Which of the limits it was: the others are far away. Not in every case does curl name it in its words.
   local function timeout_soon(base_url, options)
      local start = os.time()
      assert.equal("timeout", (kind_of(base_url, options)))
      assert.is_true(os.time() - start < 30)
   end

   for name, options in pairs({
      timeout = { timeout = 0.1, attempt_timeout = 60 },
      attempt_timeout = { timeout = 60, attempt_timeout = 0.1 },
   }) do
      it("calls silence timeout, by " .. name, function()
         for _, bytes in ipairs({ "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\n\r\n{" }) do
            timeout_soon(world.fault("hold", bytes), options)
         end
      end)
   end

   it("calls silence inside the TLS handshake timeout, by connect_timeout", function()
      local token = world.token() -- one, so that curl's handle is used again
      for _ = 1, 2 do
         assert(core.get_deployment(nil, world.full, token, { connect_timeout = 60, proxy = false }))
      end
      local options = { connect_timeout = 0.1, timeout = 60, attempt_timeout = 60, proxy = false }
      options.base_url = world.faults "https://hold.localhost"
      local start = os.time()
      local _, _, err = core.get_deployment(nil, "x", token, options)
      assert.equal("timeout", err.kind)
      assert.is_true(os.time() - start < 30)
   end)

   it("calls a proxy that is silent timeout", function()
      local options = { proxy = world.faults "http://127.0.0.1", connect_timeout = 0.1 }
      assert.equal("timeout", (kind_of("https://hold.invalid", options)))
   end)

   local head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
   local chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
   for name, bytes in pairs({
      ["nothing at all"] = "",
      ["an end inside the status line"] = "HTTP/1.1 2",
      ["an end inside the headers"] = "HTTP/1.1 200 OK\r\nContent-Ty",
      ["an end between two headers"] = "HTTP/1.1 200 OK\r\nServer: x\r\n",
      ["an end after an interim answer"] = "HTTP/1.1 103 Early Hints\r\n\r\n",
      ["an end inside the body"] = head,
      ["an end inside a chunk"] = chunked .. "ff\r\n{",
      ["an end between two chunks"] = chunked .. "2\r\n{}\r\n",
      ["a chunk of no size"] = chunked .. "zz\r\n{}\r\n",
      ["a banner"] = "SSH-2.0-OpenSSH_9.2\r\n",
      ["HTTP/0.9"] = "{}",
      ["endless headers"] = "HTTP/1.1 200 OK\r\n"
         .. ("X-Filler: " .. ("x"):rep(1000) .. "\r\n"):rep(200)
         .. "\r\n{}",
      ["an endless header line"] = "HTTP/1.1 200 OK\r\nX-Filler: " .. ("x"):rep(300000),
      ["what calls itself gzip"] = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
   }) do
      it("calls " .. name .. " transport", function()
         local kind, err = kind_of(world.fault("send", bytes))
         assert.equal("transport", kind)
         assert.is_nil(err.status)
      end)
   end

   for name, whole in pairs({
      ["a Deployment"] = "HTTP/1.1 200 OK\r\nDate: today\r\nContent-Length: 2\r\n\r\n",
      ["one without a length"] = "HTTP/1.1 200 OK\r\nDate: today\r\n\r\n",
      ["nothing"] = "HTTP/1.1 204 No Content\r\nDate: today\r\n\r\n",
      ["an error"] = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
      ["what comes in the end"] = "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
   }) do
      it("calls an end at any byte of the headers transport, for any method: " .. name, function()
         local session = core.session()
         for count = 0, #whole - 1 do
            local options = { base_url = world.fault("send", whole:sub(1, count)) }
            assert.equal("transport", (kind_of(options.base_url)))
            session:submit({ method = "DELETE", path = "/x", target = "x", any = true }, "token", options)
            session:wait(10)
            local _, outcome = session:next()
            assert.same({ "transport" }, { outcome.err and outcome.err.kind, outcome.value })
         end
         session:close()
      end)
   end

   for _, status in ipairs({ "2000", "20", "099", "000", "600", "999", "-20", "+20", "2x0", "" }) do
      it(("calls a status that is none transport: '%s'"):format(status), function()
         local answer = ("HTTP/1.1 %s OK\r\nContent-Length: 2\r\n\r\n{}"):format(status)
         local kind, err = kind_of(world.fault("send", answer))
         assert.same({ "transport" }, { kind, err.status })
      end)
   end

   for name, bytes in pairs({ ["before an answer"] = "", ["inside one"] = head }) do
      it("calls a reset transport: " .. name, function()
         assert.equal("transport", (kind_of(world.fault("reset", bytes))))
      end)
   end

   it("calls an HTTP/2 stream that ends in the middle transport", function()
      local origin = world.stand_in .. "/faults"
      local kind, err = kind_of(world.fault("send", head, origin))
      assert.equal("transport", kind)
      assert.matches("HTTP/2", err.message)
   end)

   it("calls one byte more than max_body too_large", function()
      local body = world.read("spec/fixtures/v1/" .. world.full .. ".json")
      assert.is_table((fetch({ max_body = #body, api_version = "v1" }, world.full)))
      local _, message, err = fetch({ max_body = #body - 1, api_version = "v1" }, world.full)
      assert.equal("too_large", err.kind)
      assert.matches("max_body", message)
   end)

   it("counts an error by its status though its body is too large", function()
      local kind, err = kind_of(world.answer("403 No", ("x"):rep(1000)), { max_body = 100 })
      assert.equal("forbidden", kind)
      assert.is_nil(err.body)
   end)

   it("takes a trailer for what it is, whatever it says", function()
      local answer = chunked .. "2\r\n{}\r\n0\r\nHTTP/1.1 500 x: y\r\n\r\n"
      assert.same({}, (fetch({ base_url = world.fault("send", answer) })))
   end)

   it("takes an interim answer for what it is", function()
      local answer = "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}"
      assert.same({}, (fetch({ base_url = world.fault("send", answer) })))
   end)
end)
