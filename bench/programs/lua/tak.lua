-- The algorithm of ../tak.py.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local harness = require("harness")

local function tak(x, y, z)
  if y >= x then return z end
  return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
end

harness.main(function(n)
  local total = 0
  for i = 0, n - 1 do total = (total * 3 + tak(18, 12 - i % 3, 6)) % 1000000007 end
  return string.format("%d", total)
end, 1000)
