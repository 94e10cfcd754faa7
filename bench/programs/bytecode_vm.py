"""An interpreter for a small stack machine, running loops, calls and array code.

Stresses a long if-chain on small ints, list-based stacks and an instruction loop with many paths: hard for a tracing JIT.
"""
from _harness import main

OPS = ["PUSH", "LOAD", "STORE", "ADD", "SUB", "MUL", "MOD", "LESS", "JUMP", "JUMP_IF_NOT", "CALL", "RETURN", "GET", "PUT",
       "DUP", "POP", "HALT", "EQUAL"]
(PUSH, LOAD, STORE, ADD, SUB, MUL, MOD, LESS, JUMP, JUMP_IF_NOT, CALL, RETURN, GET, PUT, DUP, POP, HALT,
 EQUAL) = range(len(OPS))


def assemble(source):
    """Lines of `LABEL:` or `OP [ARGUMENT]` to a flat list of numbers, two a line."""
    labels, lines = {}, []
    for line in source.split("\n"):
        words = line.split()
        if not words:
            continue
        if words[0].endswith(":"):
            labels[words[0][:-1]] = 2 * len(lines)
        else:
            lines.append(words)
    code = []
    for words in lines:
        code.append(OPS.index(words[0]))
        argument = words[1] if len(words) > 1 else "0"
        code.append(labels[argument] if argument in labels else int(argument))
    return code


class Machine:
    def __init__(self, code, memory):
        self.code = code
        self.memory = [0] * memory
        self.steps = 0

    def run(self):
        code, memory = self.code, self.memory
        stack, calls, variables = [], [], [0] * 16
        pc = 0
        steps = 0
        while True:
            op = code[pc]
            argument = code[pc + 1]
            pc += 2
            steps += 1
            if op == PUSH:
                stack.append(argument)
            elif op == LOAD:
                stack.append(variables[argument])
            elif op == STORE:
                variables[argument] = stack.pop()
            elif op == ADD:
                right = stack.pop()
                stack[-1] += right
            elif op == SUB:
                right = stack.pop()
                stack[-1] -= right
            elif op == MUL:
                right = stack.pop()
                stack[-1] *= right
            elif op == MOD:
                right = stack.pop()
                stack[-1] %= right
            elif op == LESS:
                right = stack.pop()
                stack[-1] = 1 if stack[-1] < right else 0
            elif op == EQUAL:
                right = stack.pop()
                stack[-1] = 1 if stack[-1] == right else 0
            elif op == JUMP:
                pc = argument
            elif op == JUMP_IF_NOT:
                if not stack.pop():
                    pc = argument
            elif op == CALL:
                calls.append(pc)
                pc = argument
            elif op == RETURN:
                pc = calls.pop()
            elif op == GET:
                stack[-1] = memory[stack[-1]]
            elif op == PUT:
                value = stack.pop()
                memory[stack.pop()] = value
            elif op == DUP:
                stack.append(stack[-1])
            elif op == POP:
                stack.pop()
            elif op == HALT:
                self.steps = steps
                return variables[0]
            else:
                raise ValueError(f"no instruction {op}")


SOURCE = """
    PUSH 0
    STORE 0
    PUSH 0
    STORE 1
outer:
    LOAD 1
    PUSH ROUNDS
    LESS
    JUMP_IF_NOT done
    CALL fill
    PUSH 0
    STORE 2
sum:
    LOAD 2
    PUSH 64
    LESS
    JUMP_IF_NOT summed
    LOAD 2
    GET
    LOAD 0
    ADD
    PUSH 1000003
    MOD
    STORE 0
    LOAD 2
    PUSH 1
    ADD
    STORE 2
    JUMP sum
summed:
    LOAD 1
    PUSH 1
    ADD
    STORE 1
    JUMP outer
fill:
    PUSH 0
    STORE 3
next:
    LOAD 3
    PUSH 64
    LESS
    JUMP_IF_NOT filled
    LOAD 3
    PUSH 2
    MOD
    PUSH 0
    EQUAL
    JUMP_IF_NOT odd
    LOAD 3
    LOAD 3
    LOAD 1
    MUL
    PUT
    JUMP stored
odd:
    LOAD 3
    LOAD 0
    PUSH 7
    MOD
    PUT
stored:
    LOAD 3
    PUSH 1
    ADD
    STORE 3
    JUMP next
filled:
    RETURN
done:
    HALT
"""


def run(n):
    machine = Machine(assemble(SOURCE.replace("ROUNDS", str(n))), 64)
    return f"{machine.run()} {machine.steps}"


if __name__ == "__main__":
    main(run, 7000)
