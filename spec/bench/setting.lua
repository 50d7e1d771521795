--- What the rows share: the server, what is fetched from it, and by whom.

local measure = require "spec.bench.measure"
local peers = require "spec.bench.peers"

local setting = {
   lua = os.getenv "LUA",
   dir = os.getenv "BENCH_DIR",
   ca = os.getenv "BENCH_CA",
   http2 = os.getenv "BENCH_HTTP2",
   token = "bench-token-of-some-length",
   deployments = "/platform/v1beta1/organizations/bench/deployments/",
   floor = "libcurl + cjson",
}

setting.path = setting.deployments .. "cmbench00000000000000000000"

local versions = {
   { name = "HTTP/1.1", server = os.getenv "BENCH_HTTP1" },
   { name = "HTTP/2", server = setting.http2, is_2 = true },
}

---Whether a program is there; else why a section is skipped.
---@return string?
function setting.missing(program)
   if not measure.output("command -v " .. program) then
      return ("no %s here"):format(program)
   end
end

---@param wanted fun(peer: bench.Peer): boolean?
---@return bench.Peer[]
function setting.peers(wanted)
   local some = {}
   for _, peer in ipairs(peers) do
      if wanted(peer) then
         some[#some + 1] = peer
      end
   end
   return some
end

---A section for each version of HTTP, of the peers that speak it.
---@param section_of fun(version: { name: string, server: string }, speaking: bench.Peer[]): bench.Section
---@return bench.Section[]
function setting.each_version(section_of)
   local sections = {}
   for i, version in ipairs(versions) do
      sections[i] = section_of(
         version,
         setting.peers(function(peer)
            return peer.http2 or not version.is_2
         end)
      )
   end
   return sections
end

---What gives a peer's command by the number of its fetches.
---@param peer bench.Peer
---@param server string
---@return fun(count: integer): string
function setting.fetches(peer, server)
   return function(count)
      return ("%s %s%s '%s' %s %d"):format(
         peer.program,
         server,
         setting.path,
         setting.ca,
         setting.token,
         count
      )
   end
end

local laid = {}

---Lays out the pages of a list of so many Deployments, once.
function setting.lay(count)
   if not laid[count] then
      local form = "%s spec/bench/pages.lua %s/pages/%d %d 100"
      assert(os.execute(form:format(setting.lua, setting.dir, count, count)))
      laid[count] = true
   end
end

---Lays out one page of so many; gives its file.
---@return string
function setting.page(count)
   local form = "%s spec/bench/pages.lua %s/page %d %d"
   assert(os.execute(form:format(setting.lua, setting.dir, count, count)))
   return setting.dir .. "/page/0.json"
end

return setting
