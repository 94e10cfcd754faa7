-- The command line of the Lua programs, as in _harness.py: [N] [ITERATIONS [SECONDS]]; and what LuaJIT and Lua 5.4 spell differently.
local harness = {}

harness.bits = rawget(_G, "jit") and require("bit") or load([[return {
  band = function(a, b) return a & b end, bor = function(a, b, c) return a | b | (c or 0) end, bxor = function(a, b) return a ~ b end,
  bnot = function(a) return ~a end, lshift = function(a, b) return a << b end, rshift = function(a, b) return a >> b end}]])()

-- (state * 1103515245 + 12345) mod 2^31, exact in doubles.
local floor = math.floor
function harness.next_random(state)
  local high = floor(state / 65536)
  local low = state - high * 65536
  return ((high * 1103515245) % 32768 * 65536 + low * 1103515245 + 12345) % 2147483648
end

local function print_peak()
  for line in io.lines("/proc/self/status") do
    local peak = line:match("^VmHWM:%s+(%d+)")
    if peak then io.stderr:write("peak ", peak, "\n") end
  end
end

function harness.main(run, default_n)
  local n = tonumber(arg[1]) or default_n
  if not arg[2] then
    print("checksum " .. run(n))
  else
    local seconds_left = tonumber(arg[3]) or 1e9
    for k = 0, tonumber(arg[2]) - 1 do
      local start = os.clock()
      local checksum = run(n)
      local seconds = os.clock() - start
      print(string.format("iter %d seconds %.6f checksum %s", k, seconds, checksum))
      seconds_left = seconds_left - seconds
      if seconds_left < 0 and k >= 2 then break end
    end
  end
  if os.getenv("BENCH_PEAK") then print_peak() end
end

return harness
