rockspec_format = "3.0"
package = "astro"
version = "scm-1"

source = {
   url = "git+https://github.com/lua-astro/lua-astro.git",
}

description = {
   summary = "A client for Astronomer's Astro API",
   detailed = [[
      A C module over libcurl that fetches Deployments of Astronomer's Astro platform
      and gives them as Lua tables.
   ]],
   license = "MIT",
}

supported_platforms = { "linux", "macosx" }

dependencies = {
   "lua >= 5.1, < 5.6",
   "lua-cjson >= 2.1.0",
}

-- Without its header, which the compiler finds in folders that luarocks does not know.
external_dependencies = {
   CURL = { library = "curl" },
}

build = {
   type = "builtin",
   modules = {
      astro = "lua/astro.lua",
      ["astro.api.ascii"] = "lua/astro/api/ascii.lua",
      ["astro.api.bodies"] = "lua/astro/api/bodies.lua",
      ["astro.api.brief"] = "lua/astro/api/brief.lua",
      ["astro.api.bytewise"] = "lua/astro/api/bytewise.lua",
      ["astro.api.decimal"] = "lua/astro/api/decimal.lua",
      ["astro.api.fields"] = "lua/astro/api/fields.lua",
      ["astro.api.list"] = "lua/astro/api/list.lua",
      ["astro.api.misuse"] = "lua/astro/api/misuse.lua",
      ["astro.api.objects"] = "lua/astro/api/objects.lua",
      ["astro.api.operation"] = "lua/astro/api/operation.lua",
      ["astro.api.operations"] = "lua/astro/api/operations.lua",
      ["astro.api.options"] = "lua/astro/api/options.lua",
      ["astro.api.queries"] = "lua/astro/api/queries.lua",
      ["astro.api.renamed"] = "lua/astro/api/renamed.lua",
      ["astro.api.schema"] = "lua/astro/api/schema.lua",
      ["astro.api.shape"] = "lua/astro/api/shape.lua",
      ["astro.array"] = "lua/astro/array.lua",
      ["astro.check"] = "lua/astro/check.lua",
      ["astro.client"] = "lua/astro/client.lua",
      ["astro.client.attempt"] = "lua/astro/client/attempt.lua",
      ["astro.client.body"] = "lua/astro/client/body.lua",
      ["astro.client.call"] = "lua/astro/client/call.lua",
      ["astro.client.carry"] = "lua/astro/client/carry.lua",
      ["astro.client.exchange"] = "lua/astro/client/exchange.lua",
      ["astro.client.failure"] = "lua/astro/client/failure.lua",
      ["astro.client.head"] = "lua/astro/client/head.lua",
      ["astro.client.log"] = "lua/astro/client/log.lua",
      ["astro.client.many"] = "lua/astro/client/many.lua",
      ["astro.client.names"] = "lua/astro/client/names.lua",
      ["astro.client.old_names"] = "lua/astro/client/old_names.lua",
      ["astro.client.operation"] = "lua/astro/client/operation.lua",
      ["astro.client.pages"] = "lua/astro/client/pages.lua",
      ["astro.client.path"] = "lua/astro/client/path.lua",
      ["astro.client.pollable"] = "lua/astro/client/pollable.lua",
      ["astro.client.queue"] = "lua/astro/client/queue.lua",
      ["astro.client.rate"] = "lua/astro/client/rate.lua",
      ["astro.client.run"] = "lua/astro/client/run.lua",
      ["astro.client.token"] = "lua/astro/client/token.lua",
      ["astro.client.wait"] = "lua/astro/client/wait.lua",
      ["astro.enums"] = "lua/astro/enums.lua",
      ["astro.filter"] = "lua/astro/filter.lua",
      ["astro.filter.items"] = "lua/astro/filter/items.lua",
      ["astro.filter.order"] = "lua/astro/filter/order.lua",
      ["astro.filter.sort"] = "lua/astro/filter/sort.lua",
      ["astro.loop"] = "lua/astro/loop.lua",
      ["astro.loop.cqueues"] = "lua/astro/loop/cqueues.lua",
      ["astro.loop.luv"] = "lua/astro/loop/luv.lua",
      ["astro.loop.poll"] = "lua/astro/loop/poll.lua",
      ["astro.loop.resty"] = "lua/astro/loop/resty.lua",
      ["astro.loop.values"] = "lua/astro/loop/values.lua",
      ["astro.paths.given"] = "lua/astro/paths/given.lua",
      ["astro.paths.locate"] = "lua/astro/paths/locate.lua",
      ["astro.paths.read"] = "lua/astro/paths/read.lua",
      ["astro.pretty"] = "lua/astro/pretty.lua",
      ["astro.pretty.card"] = "lua/astro/pretty/card.lua",
      ["astro.pretty.clusters"] = "lua/astro/pretty/clusters.lua",
      ["astro.pretty.codepoints"] = "lua/astro/pretty/codepoints.lua",
      ["astro.pretty.columns"] = "lua/astro/pretty/columns.lua",
      ["astro.pretty.cron"] = "lua/astro/pretty/cron.lua",
      ["astro.pretty.decode"] = "lua/astro/pretty/decode.lua",
      ["astro.pretty.diff"] = "lua/astro/pretty/diff.lua",
      ["astro.pretty.hibernation"] = "lua/astro/pretty/hibernation.lua",
      ["astro.pretty.ink"] = "lua/astro/pretty/ink.lua",
      ["astro.pretty.json"] = "lua/astro/pretty/json.lua",
      ["astro.pretty.label"] = "lua/astro/pretty/label.lua",
      ["astro.pretty.layout"] = "lua/astro/pretty/layout.lua",
      ["astro.pretty.listing"] = "lua/astro/pretty/listing.lua",
      ["astro.pretty.literal"] = "lua/astro/pretty/literal.lua",
      ["astro.pretty.masked"] = "lua/astro/pretty/masked.lua",
      ["astro.pretty.pairing"] = "lua/astro/pretty/pairing.lua",
      ["astro.pretty.phrase"] = "lua/astro/pretty/phrase.lua",
      ["astro.pretty.ranges"] = "lua/astro/pretty/ranges.lua",
      ["astro.pretty.refusal"] = "lua/astro/pretty/refusal.lua",
      ["astro.pretty.safe"] = "lua/astro/pretty/safe.lua",
      ["astro.pretty.secrets"] = "lua/astro/pretty/secrets.lua",
      ["astro.pretty.sheet"] = "lua/astro/pretty/sheet.lua",
      ["astro.pretty.tree"] = "lua/astro/pretty/tree.lua",
      ["astro.pretty.width"] = "lua/astro/pretty/width.lua",
      ["astro.time"] = "lua/astro/time.lua",
      ["astro.types"] = "lua/astro/types.lua",
      ["astro.types.objects"] = "lua/astro/types/objects.lua",
      ["astro.types.operations"] = "lua/astro/types/operations.lua",
      ["astro.urls"] = "lua/astro/urls.lua",
      ["astro.core"] = {
         sources = {
            "src/answer.c",
            "src/arguments.c",
            "src/calls.c",
            "src/carried.c",
            "src/core.c",
            "src/ending.c",
            "src/headers.c",
            "src/json.c",
            "src/kinds.c",
            "src/log.c",
            "src/nearest.c",
            "src/options.c",
            "src/request.c",
            "src/session.c",
            "src/strict.c",
            "src/system.c",
            "src/text.c",
            "src/versions.c",
            "src/transport/base.c",
            "src/transport/buffer.c",
            "src/transport/clock.c",
            "src/transport/exchange.c",
            "src/transport/handle.c",
            "src/transport/pool.c",
            "src/transport/retry_after.c",
            "src/transport/secret.c",
            "src/transport/transfer.c",
            "src/transport/trust.c",
            "src/transport/watch.c",
         },
         incdirs = { "$(CURL_INCDIR)" },
         libdirs = { "$(CURL_LIBDIR)" },
         libraries = { "curl", "pthread", "dl" },
      },
   },
}

-- `luarocks make` builds in the checkout, where every other Lua would find this one's module.
hooks = {
   post_install = "if ls astro-*.rockspec >/dev/null 2>&1; then rm -rf astro src/*.o src/*/*.o; fi",
}
