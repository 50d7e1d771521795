local world = require "spec.support.world"
local core = require "astro.core"
local safe = require "astro.pretty.safe"

local PREFIX = "GET deployment x: 500 Internal Server Error: "

local function words(body)
   local base_url = world.answer("500 x", body)
   local _, message = core.get_deployment(nil, "x", world.token(), { base_url = base_url })
   assert.equal(PREFIX, message:sub(1, #PREFIX))
   return message:sub(#PREFIX + 1)
end

describe("text", function()
   for body, wanted in pairs({
      ["  two\r\n\t words \n"] = "two words",
      ["a\0b\1c\127d"] = "a b c d",
      ["\27[31mred\27[0m"] = "[31mred [0m",
      ["C1: \194\155\194\133x"] = "C1: x",
      ["naïve 日本語 🚀"] = "naïve 日本語 🚀",
      ["no\194\160break"] = "no\194\160break",
      ["\255\254 bytes"] = "?? bytes",
      ["cut\226\128"] = "cut??",
      ["\237\160\128\192\175\244\144\128\128"] = "?????????",
      ["a\226\128\174b\226\128\168c\226\129\166d"] = "a b c d",
      ["<!DOCTYPE html>\n<p class='x'>Sign <b>in</b></p>"] = "Sign in",
      ["1 < 2 > 0"] = "1 < 2 > 0",
   }) do
      it(("makes one line of %q"):format(body), function()
         assert.equal(wanted, words(body))
      end)
   end

   it("cuts between two characters, never within one", function()
      assert.equal(("é"):rep(100), words(("é"):rep(300)))
      assert.equal("x" .. ("é"):rep(99), words("x" .. ("é"):rep(300)))
      assert.equal("xx" .. ("🚀"):rep(49), words("xx" .. ("🚀"):rep(300)))
   end)

   it("takes out what pictures take out", function()
      for code = 0x80, 0x2100 do
         local character = code < 0x800 and string.char(0xC0 + math.floor(code / 64), 0x80 + code % 64)
            or string.char(
               0xE0 + math.floor(code / 4096),
               0x80 + math.floor(code / 64) % 64,
               0x80 + code % 64
            )
         assert.equal(safe.is_control(code) and "" or character, core.one_line(character), code)
      end
   end)

   it("does the same in a JSON message", function()
      local body = '{"message":"one\\n\\u001b[2Jtwo","requestId":"r\\n1"}'
      assert.equal("one [2Jtwo (request r 1)", words(body))
   end)
end)
