-- The algorithm of ../floyd_warshall.py.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local harness = require("harness")

local FAR = 2 ^ 40
local floor, next_random = math.floor, harness.next_random

harness.main(function(n)
  local distances, following, state = {}, {}, 31
  for i = 0, n - 1 do
    local row = {}
    for j = 0, n - 1 do row[j] = FAR end
    row[i] = 0
    for _ = 1, 5 do
      state = next_random(state)
      row[floor(state / 256) % n] = 1 + floor(state / 16) % 100
    end
    row[(i + 1) % n] = 100
    distances[i] = row
  end
  for i = 0, n - 1 do
    local row = {}
    for j = 0, n - 1 do row[j] = distances[i][j] < FAR and j or -1 end
    following[i] = row
  end
  for k = 0, n - 1 do
    local row_k = distances[k]
    for i = 0, n - 1 do
      local row_i = distances[i]
      local through, next_k = row_i[k], following[i][k]
      for j = 0, n - 1 do
        local candidate = through + row_k[j]
        if candidate < row_i[j] then
          row_i[j] = candidate
          following[i][j] = next_k
        end
      end
    end
  end
  local total, longest, steps = 0, 0, 0
  for i = 0, n - 1 do
    for j = 0, n - 1 do
      total = total + distances[i][j]
      if distances[i][j] > longest then longest = distances[i][j] end
    end
    local at, goal = i, (i * 7 + 3) % n
    while at ~= goal do
      at = following[at][goal]
      steps = steps + 1
    end
  end
  return string.format("%d %d %d", total, steps, longest)
end, 320)
