local world = require "spec.support.world"

-- The system's directory of authorities, with the stand-in's where it says so: "hashed", "bundle", both or none.
describe("trust", function()
   local folder, library
   local authority = world.read(os.getenv "ASTRO_CA_FILE")

   setup(function()
      folder = world.shell("mktemp -d"):gsub("\n", "")
      library = folder .. "/other_certs.so"
      world.compile(library, "spec/support/other_certs.c", "--cflags", "-shared -fPIC")
   end)

   teardown(function()
      world.shell("rm -r " .. folder)
   end)

   -- Fetches twice on one client; gives what was read of the directory, and what came.
   local function fetch_with(files)
      world.shell(("mkdir -p %s/certs; rm -f %s/certs/*"):format(folder, folder))
      for name, text in pairs(files) do
         world.put(folder .. "/certs/" .. name, text)
      end
      local program = [[
         local client = require("astro").client()
         for _ = 1, 2 do
            local deployment, _, err = client:get_deployment(arg[1])
            print(deployment and deployment.name or err.kind .. " " .. err.attempts)
         end
      ]]
      return world.with_environment({ ASTRO_CA_FILE = false, CERTS = folder .. "/certs" }, function()
         return (world.run(program, { arguments = world.full, preload = library }))
      end)
   end

   local hash = world.shell("openssl x509 -hash -noout -in $ASTRO_CA_FILE"):match "%x+" .. ".0"

   it("is in the hashed directory, without a look into the bundle", function()
      local output = fetch_with({ [hash] = authority, ["ca-certificates.crt"] = authority })
      assert.equal(hash .. "\nHourly Orders\nHourly Orders\n", output)
   end)

   it("is in the bundle where the directory is not hashed", function()
      local output = fetch_with({ ["ca-certificates.crt"] = authority })
      assert.equal("ca-certificates.crt\nHourly Orders\nHourly Orders\n", output)
   end)

   it("is in the bundle where the directory does not trust the server, which is told once", function()
      local output = fetch_with({ ["00000000.0"] = authority, ["ca-certificates.crt"] = authority })
      assert.equal("ca-certificates.crt\nHourly Orders\nHourly Orders\n", output)
   end)

   it("is nowhere: the error is of TLS, and nothing was sent", function()
      local other =
         world.shell "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x -keyout /dev/null 2>/dev/null"
      local output = fetch_with({ ["00000000.0"] = authority, ["ca-certificates.crt"] = other })
      -- A newer libcurl remembers what was in the bundle.
      assert.matches("^ca%-certificates%.crt\ntls 1\n.-tls 1\n$", output)
   end)

   it("does without directories where the TLS library knows none, and says so where one is wished", function()
      local without = os.getenv "STAND_IN_DIR" .. "/no_capath.so"
      world.compile(without, "spec/support/no_capath.c", "--cflags", "-shared -fPIC -ldl")
      local program = [[
         local core = require "astro.core"
         local options = { base_url = arg[1], ca_file = os.getenv "ASTRO_CA_FILE" }
         print(core.get_deployment("org", "id", "token", options) ~= nil)
         options.ca_path = "/"
         print(pcall(core.get_deployment, "org", "id", "token", options))
      ]]
      local output = world.run(program, { arguments = world.stand_in .. "/echo", preload = without })
      assert.matches("^true\nfalse\tget_deployment: curl refuses an option: %u", output)
   end)
end)
