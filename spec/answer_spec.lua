local core = require "astro.core"
local world = require "spec.support.world"

describe("answer", function()
   for file, wanted in pairs({
      ["400_field_errors.json"] = "400 Bad Request: Invalid request: limit must be 0 or greater "
         .. "(request 6f1c0b1e-6a57-4a55-9b1d-1a7d5a0c9e01)",
      ["401_missing.json"] = "401 Unauthorized: missing token (request 2d6ba1e4-90f1-4c8e-8f32-0b3a4c5d6e7f)",
      ["401_expired.json"] = "401 Unauthorized: token expired",
      ["401_expired.txt"] = "401 Unauthorized: Jwt is expired",
      ["403_permissions.json"] = "403 Forbidden: Insufficient permissions "
         .. "(request 9a0b8c7d-1111-4222-8333-444455556666)",
      ["404_not_found.json"] = "404 Not Found: not found (request 4e7a0c52-3f7e-4d0f-a1f7-77f2d8f0c001)",
      ["404_page.txt"] = "404 Not Found: 404 page not found",
      ["409_conflict.json"] = "409 Conflict: Deployment name 'etl' already exists in this workspace (request 77aa)",
      ["418_teapot.txt"] = "418: 418 I am a teapot",
      ["429_empty.txt"] = "429 Too Many Requests",
      ["429_plain.txt"] = "429 Too Many Requests: Too Many Requests",
      ["500_internal.json"] = "500 Internal Server Error: Internal server error "
         .. "(request ceb1a2d3-0000-4000-8000-000000000500)",
      ["500_message_only.json"] = "500 Internal Server Error: internal error",
      ["502_gateway.html"] = "502 Bad Gateway: 502 Bad Gateway 502 Bad Gateway",
      ["503_empty.txt"] = "503 Service Unavailable",
      ["200_sign_in.html"] = "200 OK: decode: no JSON object: Please sign in",
   }) do
      it("tells " .. file, function()
         local err = world.failure(world.error_answer(file))
         assert.equal("GET deployment x: " .. wanted, err.message)
         assert.equal(tonumber(file:sub(1, 3)), err.status)
         assert.equal(wanted:match "%(request (.-)%)", err.request_id)
         local body = world.read("spec/fixtures/errors/" .. file)
         assert.equal(body ~= "" and body or nil, err.body)
      end)
   end

   it("lists what is said about single fields", function()
      local err = world.failure(world.error_answer "400_field_errors.json")
      assert.same({
         { field = "limit", code = "min", message = "limit must be 0 or greater" },
         { field = "offset", code = "type", message = "offset must be an integer" },
      }, err.field_errors)
   end)

   for name, body in pairs({
      ["an object that says nothing"] = '{"error":{"code":7}}',
      ["a message that is no string"] = '{"message":{"text":"x"},"requestId":12,"fieldErrors":"many"}',
      ["a list"] = '["message"]',
      ["field errors of another form"] = '{"fieldErrors":[1,"x",[]]}',
   }) do
      it("shows the body's start for " .. name, function()
         local err = world.failure(world.answer("500 x", body))
         assert.equal("GET deployment x: 500 Internal Server Error: " .. body, err.message)
         assert.is_nil(err.request_id)
      end)
   end

   it("keeps the first 512 bytes of the body", function()
      local body = ("0123456789"):rep(100)
      assert.equal(body:sub(1, 512), world.failure(world.answer("500 x", body)).body)
   end)

   it("names a redirect's host alone, and does not follow it", function()
      local location = "Location: https://elsewhere.example/secret/path?key=1\r\n"
      local err = world.failure(world.answer("302 Found", "", location))
      assert.equal("invalid", err.kind)
      assert.equal("GET deployment x: 302 Found: a redirect to elsewhere.example, not followed", err.message)
      assert.equal(1, err.attempts)
      err = world.failure(world.answer("307 x", "", "Location: /sign-in\r\n"))
      assert.equal(
         "GET deployment x: 307 Temporary Redirect: a redirect to 127.0.0.1, not followed",
         err.message
      )
      err = world.failure(world.answer("301 x", ""))
      assert.equal("GET deployment x: 301 Moved Permanently: a redirect, not followed", err.message)
   end)

   for name, head in pairs({
      ["a 401 with a body that is no gzip"] = "401 Unauthorized\r\nContent-Encoding: gzip\r\nContent-Length: 5",
      ["a 429 whose body is cut short"] = "429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 100",
   }) do
      it("believes the status of " .. name, function()
         local base = world.fault("send", ("HTTP/1.1 %s\r\n\r\nhello"):format(head))
         local _, message, err = core.get_deployment("org", "id", "token", { base_url = base })
         assert.equal(head:match "^%d+", tostring(err.status), message)
         assert.equal(head:find "^429" and 7 or nil, err.retry_after)
         assert.is_nil(err.body)
      end)
   end
end)
