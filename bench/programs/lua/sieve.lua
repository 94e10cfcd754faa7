-- The algorithm of ../sieve.py.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local harness = require("harness")

local function primes_by_list(limit)
  local prime = {}
  for i = 0, limit do prime[i] = true end
  prime[0], prime[1] = false, false
  local i = 2
  while i * i <= limit do
    if prime[i] then
      for j = i * i, limit, i do prime[j] = false end
    end
    i = i + 1
  end
  local found = {}
  for k = 0, limit do
    if prime[k] then found[#found + 1] = k end
  end
  return found
end

local function count_by_bytes(limit)
  local composite = {}
  for i = 0, limit do composite[i] = 0 end
  local count = 0
  for i = 2, limit do
    if composite[i] == 0 then
      count = count + 1
      for j = i * i, limit, i do composite[j] = 1 end
    end
  end
  return count
end

harness.main(function(n)
  local primes = primes_by_list(n)
  local sum = 0
  for i = 1, #primes do sum = sum + primes[i] end
  return string.format("%d %d %d %d", #primes, primes[#primes], sum % 1000003, count_by_bytes(n))
end, 8000000)
