-- The algorithm of ../mandelbrot.py.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local harness = require("harness")

local LIMIT = 50

local function escape_floats(cr, ci)
  local zr, zi = 0.0, 0.0
  for i = 0, LIMIT - 1 do
    local rr, ii = zr * zr, zi * zi
    if rr + ii > 4.0 then return i end
    zi = 2.0 * zr * zi + ci
    zr = rr - ii + cr
  end
  return LIMIT
end

-- Lua has no complex numbers: a pair of locals.
local function escape_complex(cr, ci)
  local zr, zi = 0.0, 0.0
  for i = 0, LIMIT - 1 do
    if math.sqrt(zr * zr + zi * zi) > 2.0 then return i end
    zr, zi = zr * zr - zi * zi + cr, zr * zi + zi * zr + ci
  end
  return LIMIT
end

harness.main(function(n)
  local total, rows = 0, 0
  for y = 0, n - 1 do
    local ci = 2.0 * y / n - 1.0
    local row = 0
    for x = 0, n - 1 do row = row + escape_floats(2.0 * x / n - 1.5, ci) end
    rows = (rows * 31 + row) % 1000000007
    if y % 4 == 0 then
      for x = 0, n - 1, 2 do total = total + escape_complex(2.0 * x / n - 1.5, ci) end
    end
  end
  return string.format("%d", rows * 1000 + total % 1000)
end, 900)
