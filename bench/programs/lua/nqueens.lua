-- The algorithm of ../nqueens.py.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local harness = require("harness")

local band, bor, bnot, bxor = harness.bits.band, harness.bits.bor, harness.bits.bnot, harness.bits.bxor
local lshift, rshift = harness.bits.lshift, harness.bits.rshift

-- Each solution goes to a function, where Python has a generator.
local function place(n, row, columns, rising, falling, chosen, use)
  if row == n then return use(chosen) end
  for column = 0, n - 1 do
    if not (columns[column] or rising[row + column] or falling[row - column]) then
      columns[column], rising[row + column], falling[row - column] = true, true, true
      chosen[row + 1] = column
      place(n, row + 1, columns, rising, falling, chosen, use)
      chosen[row + 1] = nil
      columns[column], rising[row + column], falling[row - column] = false, false, false
    end
  end
end

local function count_masks(full, columns, rising, falling)
  if columns == full then return 1 end
  local total, free = 0, band(full, bnot(bor(columns, rising, falling)))
  while free ~= 0 do
    local bit = band(free, -free)
    free = bxor(free, bit)
    total = total + count_masks(full, bor(columns, bit), lshift(bor(rising, bit), 1), rshift(bor(falling, bit), 1))
  end
  return total
end

harness.main(function(n)
  local checksum, found = 0, 0
  place(n, 0, {}, {}, {}, {}, function(solution)
    found = found + 1
    for i = 1, n do checksum = (checksum * 11 + solution[i]) % 1000003 end
  end)
  return string.format("%d %d %d", found, checksum, count_masks(lshift(1, n + 1) - 1, 0, 0, 0))
end, 12)
