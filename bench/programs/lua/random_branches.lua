-- The algorithm of ../random_branches.py.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local harness = require("harness")

local band, bxor, rshift = harness.bits.band, harness.bits.bxor, harness.bits.rshift
local floor, next_random = math.floor, harness.next_random

harness.main(function(n)
  local state, x, y, turns = 17, 0, 0, 0
  for _ = 1, n do
    state = next_random(state)
    local bits = rshift(state, 16)
    if band(bits, 1) ~= 0 then
      if band(bits, 2) ~= 0 then
        x = x + 1
        if band(bits, 4) ~= 0 then y = y - 1 else turns = turns + 1 end
      elseif band(bits, 8) ~= 0 then
        x = x - 2
      else
        y = y + 3
      end
    elseif band(bits, 16) ~= 0 then
      if band(bits, 32) ~= 0 then
        y = y + band(x, 3)
      else
        x = bxor(x, 1)
        if band(bits, 64) ~= 0 then turns = turns - 1 end
      end
    elseif band(bits, 128) ~= 0 and x > 0 then
      x, y = y, x
    else
      turns = turns + (band(bits, 256) ~= 0 and 2 or 5)
    end
    if x > 1000 or y > 1000 then x, y = floor(x / 2), floor(y / 3) end
  end
  return string.format("%d %d %d %d", state, x, y, turns)
end, 9000000)
