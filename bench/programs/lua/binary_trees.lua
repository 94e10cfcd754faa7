-- The algorithm of ../binary_trees.py.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local harness = require("harness")

local function build(depth)
  if depth == 0 then return {} end
  return {left = build(depth - 1), right = build(depth - 1)}
end

local function count(node)
  if not node.left then return 1 end
  return 1 + count(node.left) + count(node.right)
end

harness.main(function(n)
  local long_lived = build(n)
  local total = 0
  for depth = 4, n, 4 do
    for _ = 1, 2 ^ (n - depth + 2) do total = total + count(build(depth)) end
  end
  return string.format("%d", total * 7 + count(long_lived))
end, 17)
