"""An interpreter of a language with eight one-character instructions, running a program of nested loops.

Stresses a character-dispatch loop over str, a jump table in a dict, and list cells that wrap at 256.
"""
from _harness import main

# Nested counting, a multiplication by moving cells, and the three totals printed as characters.
PROGRAM = """
+++++++ [ > +++++++++ [ > ++++++++ [ > ++++++ [ > + > ++ > +++ <<< - ] < - ] < - ] < - ]
>>>> [ > + >>> + <<<< - ] >>>> [ <<<< + >>>> - ] <<<<
> . > . < [ - > + + < ] > [ - ] +++++++++ [ > +++++++ < - ] > + . ++ .
"""


def match_brackets(program):
    jumps, open_at = {}, []
    for at, char in enumerate(program):
        if char == "[":
            open_at.append(at)
        elif char == "]":
            start = open_at.pop()
            jumps[start] = at
            jumps[at] = start
    return jumps


def execute(program, jumps):
    cells = [0] * 300
    pointer = pc = steps = 0
    out = []
    end = len(program)
    while pc < end:
        op = program[pc]
        if op == ">":
            pointer += 1
        elif op == "<":
            pointer -= 1
        elif op == "+":
            cells[pointer] = (cells[pointer] + 1) % 256
        elif op == "-":
            cells[pointer] = (cells[pointer] - 1) % 256
        elif op == "[":
            if not cells[pointer]:
                pc = jumps[pc]
        elif op == "]":
            if cells[pointer]:
                pc = jumps[pc]
        elif op == ".":
            out.append(chr(cells[pointer]))
        pc += 1
        steps += 1
    return "".join(out), steps


def run(n):
    program = "".join(char for char in PROGRAM if char in "+-<>[].")
    jumps = match_brackets(program)
    checksum = 0
    for _ in range(n):
        text, steps = execute(program, jumps)
        checksum = (checksum * 31 + steps + sum(map(ord, text))) % 1000000007
    return f"{checksum} {len(text)}"


if __name__ == "__main__":
    main(run, 350)
