-- Texts that are no JSON, by what is wrong with them. Decoders take many of them.

local texts = {
   ["nothing"] = "",
   ["blanks"] = " \t\r\n",
   ["HTML"] = "<html>",
   ["a word"] = "None",
   ["a word cut short"] = "tru",
   ["a word of capitals"] = "True",
   ["a longer word"] = "nullx",
   ["a byte order mark"] = "\239\187\191{}",
   ["UTF-16"] = '{\0"\0a\0"\0:\0001\0}\0',
   ["text after it"] = "{} x",
   ["a second object"] = "{}{}",
   ["text after a NUL byte"] = "{}\0x",
   ["an end too early"] = '{"a":',
   ["an array that goes on"] = "[1",
   ["another's bracket"] = '{"a":[1}',
   ["one bracket too many"] = "[1]]",
   ["a comma before the end of an object"] = '{"a":1,}',
   ["a comma before the end of an array"] = "[1,]",
   ["two commas"] = "[1,,2]",
   ["no comma"] = "[1 2]",
   ["no colon"] = '{"a" 1}',
   ["a key without a value"] = '{"a"}',
   ["a key without quotes"] = "{a:1}",
   ["a number as a key"] = "{1:1}",
   ["a comment"] = "{} // x",
   ["a comment within"] = '{/**/"a":1}',
   ["a form feed"] = "[1,\f2]",
   ["a blank of Unicode"] = "[1,\194\1602]",
   ["a string in single quotes"] = "['a']",
   ["a string without an end"] = '["a]',
   ["a quote that is escaped"] = '["a\\"]',
   ["an escape that is none"] = '["\\x41"]',
   ["an escape cut short"] = '["\\u12"]',
   ["a lone surrogate"] = '["\\ud800"]',
   ["101 levels"] = ("["):rep(101) .. ("]"):rep(101),
   ["101 levels of both kinds"] = ('[{"a":'):rep(50) .. "[]" .. ("}]"):rep(50),
   ["many levels"] = ('{"a":'):rep(100000),
}

for name, control in pairs({ NUL = "\0", tab = "\t", ["line break"] = "\n", escape = "\27", unit = "\31" }) do
   texts["a raw " .. name .. " in a string"] = '["long enough a string' .. control .. '"]'
   texts["a raw " .. name .. " in a key"] = "{\n" .. '"a' .. control .. '":1}'
end

local numbers = "NaN nan -NaN Infinity -Infinity inf -inf 0x10 -0x1 0X1 1x 01 -01 00 01.5 -  -a +1 .5 -.5 1. -1. 1.a "
   .. "1.e3 2.e+3 .e1 1e 1e+ 1E- 1ee1 1e1.5 1e+-1 1.2.3 1- 1+1 1_000 1e999 -1e999 1.5e999 1f ٣"
for number in numbers:gmatch "%S+" do
   texts[number .. " as a number"] = ('{"a":%s}'):format(number)
end
texts["a thousand digits"] = "[" .. ("9"):rep(1000) .. "]"

return texts
