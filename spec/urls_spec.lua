local urls = require "astro.urls"
local documents = require "spec.support.documents"

describe("urls", function()
   it("gives the links of a fixture", function()
      for _, one in ipairs(documents.fixtures()) do
         if one.name == "full" then
            assert.same({
               ui = "https://ui.example.com/cmwsp0data/deployments/cmdep0full0000000000000001",
               airflow = "https://cmclu0.example.run/d4711abc",
               api = "https://cmclu0.example.run/d4711abc/api/v1",
            }, urls(one.deployment))
         elseif one.name == "creating" then
            assert.is_nil(urls(one.deployment).airflow)
         end
      end
   end)

   it("takes ?orgId= away, and no other parameter", function()
      local function ui(text)
         return urls({ uiUrl = text }).ui
      end
      assert.equal("https://x.run/d4", ui "x.run/d4?orgId=org_1")
      assert.equal("https://x.run/d4?a=1&b=2", ui "x.run/d4?a=1&orgId=org_1&b=2")
      assert.equal("https://x.run/d4?a=1#top", ui "https://x.run/d4?orgId=org_1&a=1#top")
      assert.equal("https://x.run/d4?notorgId=1", ui "x.run/d4?notorgId=1")
   end)

   it("asks the older field for Airflow's API where the newer one has nothing", function()
      local both = { apiUrl = "https://new.run/api/v2", webServerAirflowApiUrl = "old.run/api/v1" }
      assert.equal("https://new.run/api/v2", urls(both).api)
      both.apiUrl = ""
      assert.equal("https://old.run/api/v1", urls(both).api)
   end)

   it("keeps http and https, in any case, and has no other scheme", function()
      assert.equal("http://x.run", urls({ uiUrl = "http://x.run" }).ui)
      assert.equal("HTTPS://x.run", urls({ uiUrl = "HTTPS://x.run" }).ui)
      assert.same({}, urls({ uiUrl = "file:///etc/passwd", apiUrl = "ftp://x" }))
   end)

   it(
      "has none for what is absent, empty, of another type, or could break out of quotes or a terminal",
      function()
         assert.same({}, urls({}))
         for _, text in ipairs({
            "",
            " ",
            "a b",
            "a\nb",
            "a\27[2J",
            "a\194\155b",
            "a'b",
            'a"b',
            "a$b",
            "a`b",
            "a\\b",
            "a\0b",
         }) do
            assert.same({}, urls({ uiUrl = text, webServerUrl = text, apiUrl = text }), text)
         end
         assert.same({}, urls({ uiUrl = 5, webServerUrl = {}, apiUrl = true }))
      end
   )

   it("raises for what is no table", function()
      local ok, message = pcall(urls, "x")
      assert.is_false(ok)
      assert.matches("bad argument 'deployment' to 'urls' %(a table expected, got string%)", message)
   end)
end)
