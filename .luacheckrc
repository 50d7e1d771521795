std = "max"
max_line_length = 120
max_comment_line_length = false
files["spec"] = { std = "max+busted" }
files["spec/support/stand_in.lua"] = { std = "ngx_lua" }
files["examples/openresty"] = { std = "ngx_lua" }
files["*.rockspec"] = { std = "rockspec" }
