local path = require "astro.client.path"

describe("path", function()
   it("writes a query, names in order, lists by repeating", function()
      assert.equal("", path.query())
      assert.equal("", path.query({}))
      assert.has_error(function()
         path.query({ names = {} })
      end)
      assert.equal("?a=1&b=x&b=y&c=true", path.query({ c = true, a = 1, b = { "x", "y" } }))
      assert.equal("?limit=100", path.query({ limit = 100.0 }))
   end)

   it("encodes every byte that is not plain", function()
      assert.equal("?q=a%20b%26c%3D%23%2F%3F%25%C3%A9", path.query({ q = "a b&c=#/?%é" }))
      assert.equal("?a%5B%5D=~-._", path.query({ ["a[]"] = "~-._" }))
      assert.equal("?q=%00%0D%0A", path.query({ q = "\0\r\n" }))
   end)

   it("fills braces, the caller's first", function()
      local defaults = { organizationId = "org" }
      assert.equal(
         "/organizations/org/x",
         path.fill("/organizations/{organizationId}/x", nil, defaults, "request")
      )
      assert.equal(
         "/o/mine",
         path.fill("/o/{organizationId}", { organizationId = "mine" }, defaults, "request")
      )
      assert.equal("/a%2Fb/7", path.fill("/{x}/{n}", { x = "a/b", n = 7 }, {}, "request"))
      assert.equal("/plain", path.fill("/plain", nil, {}, "request"))
   end)

   for name, arguments in pairs({
      ["a missing value"] = { "/{x}" },
      ["an empty value"] = { "/{x}", { x = "" } },
      ["a value of no text"] = { "/{x}", { x = {} } },
      ["a '..' segment"] = { "/a/../b" },
      ["a '..' value"] = { "/a/{x}/b", { x = ".." } },
      ["a '.' segment"] = { "/./b" },
      ["no '/' in front"] = { "a" },
      ["no string"] = { 7 },
      ["a query"] = { "/a?x=1" },
      ["a blank"] = { "/a b" },
      ["a line break"] = { "/a\r\nX: y" },
      ["a fragment"] = { "/a#b" },
   }) do
      it("refuses " .. name, function()
         assert.error_matches(function()
            path.fill(arguments[1], arguments[2], {}, "request")
         end, "^bad argument 'path' to 'request'")
      end)
   end

   it("writes numbers with a point, and all bytes that are not ASCII encoded", function()
      assert.equal("?x=0.5&y=1e%2B20&z=%C3%A4", path.query({ x = 0.5, y = 1e20, z = "ä" }))
   end)

   it("refuses a query that cannot be written", function()
      for _, query in ipairs({
         { x = print },
         { x = { {} } },
         { "x" },
         { x = 1 / 0 },
         { x = 0 / 0 },
         { x = { "a", nil, "b" } },
         { x = { "a", b = "c" } },
      }) do
         assert.error_matches(function()
            path.query(query)
         end, "bad query")
      end
   end)
end)
