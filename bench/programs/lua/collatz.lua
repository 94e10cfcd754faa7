-- The algorithm of ../collatz.py.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local harness = require("harness")

local floor = math.floor

local function chain_length(number)
  local length = 1
  while number ~= 1 do
    if number % 2 == 0 then number = floor(number / 2) else number = 3 * number + 1 end
    length = length + 1
  end
  return length
end

harness.main(function(n)
  local total = 0
  for start = 1, floor(n / 20) - 1 do total = total + chain_length(start) end
  local known = {1}
  local best, best_start = 1, 1
  for start = 2, n - 1 do
    local number, steps = start, 0
    while number >= start do
      if number % 2 == 0 then number = floor(number / 2) else number = 3 * number + 1 end
      steps = steps + 1
    end
    known[start] = steps + known[number]
    if known[start] > best then best, best_start = known[start], start end
  end
  return string.format("%d %d %d", total, best, best_start)
end, 1500000)
