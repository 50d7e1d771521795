local urls = require "astro.urls"
local documents = require "spec.support.documents"
local world = require "spec.support.world"

local AIRFLOW = "https://cmclu0.example.run/d4711abc"

local function airflow(text)
   return urls({ uiUrl = text }).airflow
end

-- The page of a Deployment below an API.
local function page(base_url)
   return urls({ workspaceId = "cmwsp0", id = "cmdep0_-Z" }, { base_url = base_url }).astro
end

describe("urls", function()
   it("gives the links of a fixture", function()
      for _, one in ipairs(documents.fixtures()) do
         local links = urls(one.deployment, { base_url = "https://api.example.com" })
         assert.equal(
            ("https://cloud.example.com/%s/deployments/%s"):format(
               one.deployment.workspaceId,
               one.deployment.id
            ),
            links.astro
         )
         if one.name == "full" then
            assert.same({ AIRFLOW, AIRFLOW .. "/api/v1" }, { links.airflow, links.api })
         elseif one.name == "creating" then
            assert.is_nil(links.airflow)
         end
      end
   end)

   it("takes Airflow's UI from either field", function()
      assert.equal("https://a.run/d4", urls({ uiUrl = "https://a.run/d4", webServerUrl = "b.run" }).airflow)
      assert.equal("https://b.run", urls({ uiUrl = "", webServerUrl = "b.run" }).airflow)
   end)

   it("has Astro's page in the domain of the API", function()
      for base_url, host in pairs({
         ["https://api.astronomer.io"] = "cloud.astronomer.io",
         ["https://api.astronomer-stage.io/platform/v1beta1"] = "cloud.astronomer-stage.io",
         ["HTTPS://api.example.com:8443/v1/"] = "cloud.example.com",
      }) do
         assert.equal(("https://%s/cmwsp0/deployments/cmdep0_-Z"):format(host), page(base_url))
      end
      for _, base_url in ipairs({
         "http://127.0.0.1:8080",
         "https://mock.example.com",
         "https://example.com/api.example.com",
      }) do
         assert.is_nil(page(base_url), base_url)
      end
   end)

   it("takes the API from the environment where nothing else is said, and else Astronomer's", function()
      local program = [[print(require "astro.urls"({ workspaceId = "w", id = "i" }).astro)]]
      for base_url, wanted in pairs({
         ["https://api.example.com/v1"] = "https://cloud.example.com/w/deployments/i\n",
         [""] = "https://cloud.astronomer.io/w/deployments/i\n",
         ["http://127.0.0.1:1"] = "nil\n",
      }) do
         local output = world.with_environment({ ASTRO_API_URL = base_url }, function()
            return world.run(program)
         end)
         assert.equal(wanted, output)
      end
   end)

   it("has no page of what has no plain ids", function()
      for _, id in ipairs({ "", "..", "a/b", "a b", "a\27", "a?b", 5 }) do
         assert.is_nil(urls({ workspaceId = id, id = "i" }, { base_url = "https://api.x.io" }).astro)
         assert.is_nil(urls({ workspaceId = "w", id = id }, { base_url = "https://api.x.io" }).astro)
      end
      assert.is_nil(urls({ id = "i" }, { base_url = "https://api.x.io" }).astro)
   end)

   it("takes ?orgId= away, and no other parameter", function()
      assert.equal("https://x.run/d4", airflow "x.run/d4?orgId=org_1")
      assert.equal("https://x.run/d4?a=1&b=2", airflow "x.run/d4?a=1&orgId=org_1&b=2")
      assert.equal("https://x.run/d4?a=1#top", airflow "https://x.run/d4?orgId=org_1&a=1#top")
      assert.equal("https://x.run/d4?notorgId=1", airflow "x.run/d4?notorgId=1")
   end)

   it("asks the older field for Airflow's API where the newer one has nothing", function()
      local both = { apiUrl = "https://new.run/api/v2", webServerAirflowApiUrl = "old.run/api/v1" }
      assert.equal("https://new.run/api/v2", urls(both).api)
      both.apiUrl = ""
      assert.equal("https://old.run/api/v1", urls(both).api)
   end)

   it("keeps http and https, in any case, and has no other scheme", function()
      assert.equal("http://x.run", airflow "http://x.run")
      assert.equal("HTTPS://x.run", airflow "HTTPS://x.run")
      assert.same({}, urls({ uiUrl = "file:///etc/passwd", apiUrl = "ftp://x.run" }))
   end)

   it("takes only what is an address for one", function()
      for _, text in ipairs({
         "x.run",
         "x.run:8080/d4",
         "a-b.x_y.example.com/d4?a=1",
         "192.0.2.1:8080/d4",
         "[2001:db8::1]:8080/d4",
      }) do
         assert.equal("https://" .. text, airflow(text))
         assert.equal("http://" .. text, airflow("http://" .. text))
      end
      assert.equal("https://localhost:8080", airflow "https://localhost:8080")
      for _, text in ipairs({
         "pending",
         "NA",
         "-",
         "<string>",
         "12.6.0",
         "3.1-9",
         "/d4711abc",
         "javascript:alert(1)",
         "mailto:anna@example.com",
         "anna@example.com",
         "https://",
         "https:///d4",
         "https://example.com@x.run",
         "https://?orgId=1",
         "://x.run",
         "x..run",
         ".run",
         "x.run:port/d4",
         "https://-/",
      }) do
         assert.is_nil(airflow(text), text)
      end
   end)

   it(
      "has none for what is absent, empty, of another type, or could break out of quotes or a terminal",
      function()
         assert.same({}, urls({}))
         assert.is_nil(urls({ webServerUrl = "" }).airflow)
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
      ok, message = pcall(urls, {}, { base = "x" })
      assert.is_false(ok)
      assert.matches("bad option to 'urls' %(unknown name; did you mean 'base_url'%?%)", message)
   end)
end)
