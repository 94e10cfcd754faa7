-- The algorithm of ../brainfuck.py.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local harness = require("harness")

local PROGRAM = "+++++++[>+++++++++[>++++++++[>++++++[>+>++>+++<<<-]<-]<-]<-]>>>>[>+>>>+<<<<-]>>>>[<<<<+>>>>-]<<<<>.>.<[->++<]>[-]" ..
  "+++++++++[>+++++++<-]>+.++."

local function match_brackets(program)
  local jumps, open = {}, {}
  for at = 1, #program do
    local op = program:sub(at, at)
    if op == "[" then
      open[#open + 1] = at
    elseif op == "]" then
      local start = table.remove(open)
      jumps[start], jumps[at] = at, start
    end
  end
  return jumps
end

local function execute(program, jumps)
  local cells, pointer, pc, steps, out = {}, 0, 1, 0, {}
  for i = 0, 299 do cells[i] = 0 end
  while pc <= #program do
    local op = program:sub(pc, pc)
    if op == ">" then
      pointer = pointer + 1
    elseif op == "<" then
      pointer = pointer - 1
    elseif op == "+" then
      cells[pointer] = (cells[pointer] + 1) % 256
    elseif op == "-" then
      cells[pointer] = (cells[pointer] - 1) % 256
    elseif op == "[" then
      if cells[pointer] == 0 then pc = jumps[pc] end
    elseif op == "]" then
      if cells[pointer] ~= 0 then pc = jumps[pc] end
    else
      out[#out + 1] = cells[pointer]
    end
    pc = pc + 1
    steps = steps + 1
  end
  return out, steps
end

harness.main(function(n)
  local jumps, checksum, length = match_brackets(PROGRAM), 0, 0
  for _ = 1, n do
    local out, steps = execute(PROGRAM, jumps)
    local sum = 0
    for i = 1, #out do sum = sum + out[i] end
    checksum = (checksum * 31 + steps + sum) % 1000000007
    length = #out
  end
  return string.format("%d %d", checksum, length)
end, 350)
