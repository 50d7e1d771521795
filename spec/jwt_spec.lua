local jwt = require "astro.client.jwt"
local signed = require "spec.support.signed"

local function info(claims, header)
   return jwt.info(signed.token(claims, header))
end

describe("jwt", function()
   it("reads expiry and organization, whatever the length of the text", function()
      for length = 0, 5 do
         local permissions = '["apiTokenId:t","organizationId:cmorg0-A_z"]'
         local claims = ('{"sub":"%s","exp":1800000000,"permissions":%s}'):format(
            ("x"):rep(length),
            permissions
         )
         assert.same({ expires_at = 1800000000, organization = "cmorg0-A_z", opaque = false }, info(claims))
      end
      assert.same({ expires_at = 1800000000, opaque = false }, info '{"exp":1.8000000005e9}')
      assert.same({ opaque = false }, info ' {"exp":null,"name":"Änna 🚀 ~~~ ???"}')
   end)

   it("takes an organization only where there is one", function()
      for _, permissions in ipairs({
         '"organizationId:a"',
         "7",
         "{}",
         "[]",
         '["workspaceId:a"]',
         '["organizationId:"]',
         '["organizationId:a/b"]',
         '["organizationId:a","organizationId:b"]',
         '["organizationId:' .. ("a"):rep(129) .. '"]',
      }) do
         assert.same({ opaque = false }, info('{"permissions":' .. permissions .. "}"), permissions)
      end
      assert.equal("a", info('{"permissions":["organizationId:a",7,null,"organizationId:a"]}').organization)
   end)

   it("knows nothing of what is no JWT, and never raises", function()
      local good = signed.token '{"exp":1800000000}'
      local head, payload = good:match "^(.-)%.(.-)%."
      for _, text in ipairs({
         "",
         "opaque",
         "..",
         "a.b",
         "a.b.c",
         good .. ".more",
         head .. "." .. payload,
         head .. ".." .. payload,
         head .. "." .. payload:sub(1, -2) .. "*.s",
         head .. "." .. payload .. "=.s",
         head .. "." .. payload .. "A.s",
         head .. "." .. payload:sub(2) .. ".s",
         head .. "." .. signed.base64url("{"):sub(1, 1) .. ".s",
         "x." .. payload .. ".s",
      }) do
         assert.same({ opaque = true }, jwt.info(text), text)
      end
      for _, claims in ipairs({
         '{"exp":"1800000000"}',
         '{"exp":true}',
         '{"exp":{}}',
         '{"exp":-1800000000}',
         '{"exp":0}',
         '{"exp":1800000000000}',
         '{"exp":1e400}',
         '{"a":' .. ("["):rep(5000),
      }) do
         assert.same({ opaque = true }, info(claims), claims)
      end
      for _, text in ipairs({
         "",
         "null",
         "[1]",
         '"exp"',
         "{",
         '{"exp":1800000000',
         ("["):rep(5000),
         "\0\255",
      }) do
         assert.same({ opaque = true }, info(text), text)
         assert.same({ opaque = true }, jwt.info(signed.base64url(text) .. "." .. payload .. ".s"), text)
      end
   end)

   it("keeps what it read of a few, and forgets the others", function()
      local first = signed.token '{"exp":1800000001}'
      local one = jwt.info(first)
      assert.equal(one, jwt.info(first))
      for i = 1, 8 do
         info(('{"exp":%d}'):format(1800000001 + i))
      end
      assert.not_equal(one, jwt.info(first))
      assert.same(one, jwt.info(first))
   end)
end)
