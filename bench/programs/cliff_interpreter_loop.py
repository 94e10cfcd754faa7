"""Cliff: the dispatch loop of an interpreter for programs that differ, so that one loop has many hot paths through it.

A trace follows one program's path; the next program follows another.
"""
from _harness import main

PUSH, ADD, SUB, MUL, DUP, SWAP, JUMP, BRANCH, LOAD, STORE, MOD, HALT = range(12)


def execute(code, memory):
    stack = []
    at = steps = 0
    while True:
        op, argument = code[at]
        at += 1
        steps += 1
        if op == PUSH:
            stack.append(argument)
        elif op == ADD:
            b = stack.pop()
            stack[-1] += b
        elif op == SUB:
            b = stack.pop()
            stack[-1] -= b
        elif op == MUL:
            b = stack.pop()
            stack[-1] *= b
        elif op == MOD:
            b = stack.pop()
            stack[-1] %= b
        elif op == DUP:
            stack.append(stack[-1])
        elif op == SWAP:
            stack[-1], stack[-2] = stack[-2], stack[-1]
        elif op == JUMP:
            at = argument
        elif op == BRANCH:
            if stack.pop():
                at = argument
        elif op == LOAD:
            stack.append(memory[argument])
        elif op == STORE:
            memory[argument] = stack.pop()
        else:
            return steps


def make_program(seed):
    """A loop of random straight-line code that leaves the stack as it was."""
    code = [(PUSH, 40), (STORE, 0)]
    state = seed * 2654435761 + 1
    for _ in range(12):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        pick = (state >> 8) % 5
        a, b = (state >> 12) % 6 + 1, (state >> 18) % 6 + 1
        code += [(LOAD, a), (LOAD, b)]
        if pick == 0:
            code += [(DUP, 0), (MUL, 0), (ADD, 0)]
        elif pick == 1:
            code += [(SWAP, 0), (SUB, 0)]
        elif pick == 2:
            code += [(MUL, 0), (PUSH, a), (ADD, 0)]
        elif pick == 3:
            code += [(ADD, 0), (DUP, 0), (ADD, 0)]
        else:
            code += [(SUB, 0)]
        code += [(PUSH, 10007), (MOD, 0), (STORE, a)]
    code += [(LOAD, 0), (PUSH, 1), (SUB, 0), (DUP, 0), (STORE, 0), (BRANCH, 2), (HALT, 0)]
    return code


def run(n):
    programs = [make_program(k) for k in range(24)]
    total = 0
    for i in range(n):
        memory = [0, 1, 2, 3, 4, 5, 6]
        steps = execute(programs[i % 24], memory)
        total = (total * 31 + steps + sum(memory)) % 1000000007
    return total


if __name__ == "__main__":
    main(run, 1700)
