std = "max"
max_line_length = 120
max_comment_line_length = false
files["spec"] = { std = "max+busted" }
files["spec/support/stand_in.lua"] = { std = "ngx_lua" }
files["spec/support/cosocket_transport.lua"] = { std = "ngx_lua" }
files["spec/support/changing_stand_in.lua"] = { std = "ngx_lua" }
files["spec/support/operations_stand_in.lua"] = { std = "ngx_lua" }
files["spec/support/hibernation_stand_in.lua"] = { std = "ngx_lua" }
files["spec/support/logs_stand_in.lua"] = { std = "ngx_lua" }
files["examples/openresty"] = { std = "ngx_lua" }
files["examples/neovim"] = { globals = { "vim" } }
files["spec/bench/loops_nvim.lua"] = { globals = { "vim" } }
files["*.rockspec"] = { std = "rockspec" }
