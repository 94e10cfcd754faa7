-- The algorithm of ../knapsack_dp.py.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local harness = require("harness")

local floor, max = math.floor, math.max

local function knapsack(weights, values, capacity)
  local best = {}
  for room = 0, capacity do best[room] = 0 end
  for i = 1, #weights do
    local weight, value = weights[i], values[i]
    for room = capacity, weight, -1 do best[room] = max(best[room], best[room - weight] + value) end
  end
  return best[capacity]
end

local function change_ways(coins, amount)
  local ways = {[0] = 1}
  for total = 1, amount do ways[total] = 0 end
  for _, coin in ipairs(coins) do
    for total = coin, amount do ways[total] = (ways[total] + ways[total - coin]) % 1000000007 end
  end
  return ways[amount]
end

local function longest_increasing(numbers, times)
  local tails, count = {}, 0
  for _ = 1, times do
    for i = 1, #numbers do
      local number, low, high = numbers[i], 1, count + 1
      while low < high do
        local middle = floor((low + high) / 2)
        if tails[middle] < number then low = middle + 1 else high = middle end
      end
      tails[low] = number
      if low > count then count = low end
    end
  end
  return count
end

harness.main(function(n)
  local state, weights, values, numbers = 13, {}, {}, {}
  for i = 1, n do
    state = harness.next_random(state)
    weights[i] = 5 + floor(state / 128) % 60
    values[i] = 10 + floor(state / 8192) % 90
    for k = 0, 9 do numbers[#numbers + 1] = floor(state / 2 ^ k) % 65536 end
  end
  local ways = change_ways({1, 2, 5, 10, 20, 50, 100, 200}, 40 * n)
  return string.format("%d %d %d", knapsack(weights, values, 30 * n), ways, longest_increasing(numbers, 10))
end, 600)
