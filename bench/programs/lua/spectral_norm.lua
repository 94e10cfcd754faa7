-- The algorithm of ../spectral_norm.py.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local harness = require("harness")

local function element(i, j) return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1) end

local function times(vector)
  local result, size = {}, #vector
  for i = 0, size - 1 do
    local total = 0.0
    for j = 0, size - 1 do total = total + element(i, j) * vector[j + 1] end
    result[i + 1] = total
  end
  return result
end

local function times_transposed(vector)
  local result, size = {}, #vector
  for i = 0, size - 1 do
    local total = 0.0
    for j = 0, size - 1 do total = total + element(j, i) * vector[j + 1] end
    result[i + 1] = total
  end
  return result
end

harness.main(function(n)
  local u, v = {}, nil
  for i = 1, n do u[i] = 1.0 end
  for _ = 1, 10 do
    v = times_transposed(times(u))
    u = times_transposed(times(v))
  end
  local top, bottom = 0.0, 0.0
  for i = 1, n do top, bottom = top + u[i] * v[i], bottom + v[i] * v[i] end
  return string.format("%.9f", math.sqrt(top / bottom))
end, 550)
