-- The algorithm of ../fannkuch.py.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local harness = require("harness")

local SIZE = 9

local function flips_of(permutation, work)
  for i = 1, SIZE do work[i] = permutation[i] end
  local count, first = 0, work[1]
  while first ~= 0 do
    local low, high = 1, first + 1
    while low < high do
      work[low], work[high] = work[high], work[low]
      low, high = low + 1, high - 1
    end
    count = count + 1
    first = work[1]
  end
  return count
end

local function next_permutation(permutation, counts)
  for i = 2, SIZE do
    local first = permutation[1]
    for j = 1, i - 1 do permutation[j] = permutation[j + 1] end
    permutation[i] = first
    counts[i] = counts[i] + 1
    if counts[i] < i then return true end
    counts[i] = 0
  end
  return false
end

local function explore(permutation)
  local counts, work = {}, {}
  for i = 1, SIZE do counts[i] = 0 end
  local best, total, sign = 0, 0, 1
  repeat
    if permutation[1] ~= 0 then
      local flips = flips_of(permutation, work)
      if flips > best then best = flips end
      total = total + flips * sign
    end
    sign = -sign
  until not next_permutation(permutation, counts)
  return total, best
end

harness.main(function(n)
  local checksum = 0
  for i = 0, n - 1 do
    local numbers = {}
    for k = 1, SIZE do numbers[k] = k - 1 end
    local at = i % 9 + 1
    numbers[at], numbers[SIZE] = numbers[SIZE], numbers[at]
    local total, best = explore(numbers)
    checksum = checksum * 7 + total * 100 + best
  end
  return string.format("%d", checksum)
end, 4)
