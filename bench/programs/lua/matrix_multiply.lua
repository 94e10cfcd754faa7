-- The algorithm of ../matrix_multiply.py.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local harness = require("harness")

local function make_matrix(n, seed)
  local m = {}
  for i = 0, n - 1 do
    local row = {}
    for j = 0, n - 1 do row[j + 1] = ((i * 7 + j * 13 + seed) % 17 - 8) / 4.0 end
    m[i + 1] = row
  end
  return m
end

local function multiply(a, b)
  local n, result = #a, {}
  for i = 1, n do
    local row = {}
    for j = 1, n do
      local total = 0.0
      for k = 1, n do total = total + a[i][k] * b[k][j] end
      row[j] = total
    end
    result[i] = row
  end
  return result
end

local function multiply_columns(a, b)
  local n, columns, result = #a, {}, {}
  for j = 1, n do
    columns[j] = {}
    for i = 1, n do columns[j][i] = b[i][j] end
  end
  for i = 1, n do
    local row, out = a[i], {}
    for j = 1, n do
      local column, total = columns[j], 0.0
      for k = 1, n do total = total + row[k] * column[k] end
      out[j] = total
    end
    result[i] = out
  end
  return result
end

harness.main(function(n)
  local a, b = make_matrix(n, 1), make_matrix(n, 5)
  local c = multiply(a, b)
  local d = multiply_columns(c, a)
  local trace, all = 0.0, 0.0
  for i = 1, n do trace = trace + d[i][i] end
  for i = 1, n do
    local sum = 0.0
    for j = 1, n do sum = sum + d[i][j] end
    all = all + sum
  end
  return string.format("%.4f %.4f %.4f", trace, c[2][3], all)
end, 260)
