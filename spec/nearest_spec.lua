local core = require "astro.core"

describe("nearest", function()
   for wrong, right in pairs({
      timeot = "timeout",
      TIMEOUT = "timeout",
      time_out = "timeout",
      attempttimeout = "attempt_timeout",
      baseurl = "base_url",
      retry = "retries",
      ["user-agent"] = "user_agent",
      header = "headers",
      cafile = "ca_file",
      version = "api_version",
      maxbody = "max_body",
      ["proxy\n"] = "proxy",
   }) do
      it(("suggests %s for %q"):format(right, wrong), function()
         local ok, message = pcall(core.get_deployment, "org", "id", "token", { [wrong] = 1 })
         assert.is_false(ok)
         local text = "bad option to 'get_deployment' (unknown name; did you mean '%s'?)"
         assert.equal(text:format(right), message)
      end)
   end

   it("suggests something for any name", function()
      for _, name in ipairs({ "", "x", ("long"):rep(1000), "日本語", "\0" }) do
         local _, message = pcall(core.get_deployment, "org", "id", "token", { [name] = 1 })
         assert.matches("did you mean '[%a_]+'", message)
      end
   end)
end)
