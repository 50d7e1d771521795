--- From the start of a process to the status that it prints, which is where the authorities are read.

local measure = require "spec.bench.measure"
local setting = require "spec.bench.setting"

local certificates = setting.dir .. "/certs"
local bundle = certificates .. "/ca-certificates.crt"

-- Copies the system's authorities and adds ours, to the bundle and to the hashed folder.
local function copy()
   local form = [[
      cp -a /etc/ssl/certs '%s' && cd '%s' && test -s ca-certificates.crt &&
      cat ../ca.pem >>ca-certificates.crt && cp ../ca.pem bench.pem &&
      ln -s bench.pem "$(openssl x509 -hash -noout -in bench.pem).0"]]
   local made = os.execute(form:format(certificates, certificates))
   return made == true or made == 0
end

-- Shows a command our copy as the system's, in a mount namespace of its own: the machine stays as it is.
local function within()
   local form = [[unshare --mount --map-root-user sh -c 'mount --bind "%s" /etc/ssl/certs && exec "$@"' sh ]]
   local prefix = form:format(certificates)
   return measure.output(prefix .. "cat /etc/ssl/certs/bench.pem 2>/dev/null") and prefix
end

local function curl(options)
   local form = 'curl --silent --fail %s -H "Authorization: Bearer %s" -H "Accept: application/json" %s%s'
   return form:format(options, setting.token, setting.http2, setting.path)
end

local function subject(peer, trusted)
   local form = "%s %s%s '%s' %s 1"
   return {
      name = peer.name,
      command = form:format(peer.program, setting.http2, setting.path, trusted, setting.token),
      check = peer.check,
      setting = peer.setting,
      all = peer.all,
   }
end

local function starting(peer)
   return peer.starts
end

local function everyone()
   local subjects = {}
   for i, peer in ipairs(setting.peers(starting)) do
      subjects[i] = subject(peer, "")
   end
   table.insert(subjects, 2, { name = "curl", command = curl "", check = "command -v curl" })
   table.insert(subjects, 3, {
      name = "curl | jq",
      command = ("sh -c '%s | jq --raw-output .status'"):format(curl ""),
      check = "command -v curl && command -v jq",
   })
   return subjects
end

-- Ours and curl, both told what to trust.
local function told(trusted, options)
   local ours = setting.peers(starting)[1]
   return { subject(ours, trusted), { name = "curl", command = curl(options), check = "command -v curl" } }
end

local function section(how, subjects, prefix, to_reach)
   return {
      parts = {
         { title = "Process start to printed status, " .. how, unit = "ms", digits = 1, to_reach = to_reach },
      },
      subjects = subjects,
      rounds = 15,
      figure = function(one)
         local took = measure.run(one.command, (one.setting or "") .. " " .. prefix)
         return took and took.first * 1000
      end,
   }
end

return function()
   local copied = copy()
   local prefix = copied and within()
   local system = section("system trust store", everyone(), prefix or "", { beside = "curl", at_most = 0.55 })
   -- curl reads a bundle in any case: beside the folder it is given a small one.
   local file = section("given the bundle", told(bundle, "--cacert " .. bundle), "")
   local options = ("--capath %s --cacert %s"):format(certificates, setting.ca)
   local folder = section("given the hashed folder", told(certificates .. "/", options), "")
   system.missing = not prefix and "no mount namespace to be had here" or nil
   for _, each in ipairs(copied and {} or { system, file, folder }) do
      each.missing = "no /etc/ssl/certs/ca-certificates.crt here"
   end
   return { system, file, folder }
end
