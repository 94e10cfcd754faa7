"""An incremental constraint solver that keeps a graph of one-way constraints satisfied by order of strength.

Stresses polymorphic methods, small object graphs, lists used as work queues and attribute-heavy code.
"""
from _harness import main

REQUIRED, STRONG_PREFERRED, PREFERRED, STRONG_DEFAULT, NORMAL, WEAK_DEFAULT, WEAKEST = range(7)
FORWARD, BACKWARD, NONE = 1, -1, 0


class Variable:
    def __init__(self, name, value):
        self.name = name
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.strength = WEAKEST
        self.stay = True
        self.mark = 0


class Constraint:
    def __init__(self, planner, strength):
        self.planner = planner
        self.strength = strength

    def attach(self):
        for variable in self.variables():
            variable.constraints.append(self)
        self.clear()
        self.planner.incremental_add(self)

    def detach(self):
        if self.is_satisfied():
            self.planner.incremental_remove(self)
        for variable in self.variables():
            variable.constraints.remove(self)
        self.clear()

    def satisfy(self, mark):
        """Enforces this constraint if it can; returns the constraint that it displaced."""
        self.choose_method(mark)
        if not self.is_satisfied():
            if self.strength == REQUIRED:
                raise ValueError("a required constraint cannot be satisfied")
            return None
        for variable in self.inputs():
            variable.mark = mark
        out = self.output()
        displaced = out.determined_by
        if displaced is not None:
            displaced.clear()
        out.determined_by = self
        self.planner.add_propagate(self, mark)
        out.mark = mark
        return displaced

    def inputs_known(self, mark):
        for variable in self.inputs():
            if not (variable.mark == mark or variable.stay or variable.determined_by is None):
                return False
        return True

    def is_input(self):
        return False


class Unary(Constraint):
    def __init__(self, planner, variable, strength):
        super().__init__(planner, strength)
        self.out = variable
        self.satisfied = False
        self.attach()

    def variables(self):
        return (self.out,)

    def inputs(self):
        return ()

    def output(self):
        return self.out

    def is_satisfied(self):
        return self.satisfied

    def clear(self):
        self.satisfied = False

    def choose_method(self, mark):
        self.satisfied = self.out.mark != mark and self.strength < self.out.strength

    def recalculate(self):
        self.out.strength = self.strength
        self.out.stay = not self.is_input()
        if self.out.stay:
            self.execute()


class Stay(Unary):
    def execute(self):
        pass


class Edit(Unary):
    def is_input(self):
        return True

    def execute(self):
        pass


class Binary(Constraint):
    def __init__(self, planner, first, second, strength):
        super().__init__(planner, strength)
        self.first = first
        self.second = second
        self.direction = NONE
        self.attach()

    def variables(self):
        return (self.first, self.second)

    def inputs(self):
        return (self.first,) if self.direction == FORWARD else (self.second,)

    def output(self):
        return self.second if self.direction == FORWARD else self.first

    def is_satisfied(self):
        return self.direction != NONE

    def clear(self):
        self.direction = NONE

    def choose_method(self, mark):
        first, second = self.first, self.second
        if first.mark == mark:
            free = second.mark != mark and self.strength < second.strength
            self.direction = FORWARD if free else NONE
        elif second.mark == mark:
            self.direction = BACKWARD if self.strength < first.strength else NONE
        elif first.strength > second.strength:
            self.direction = BACKWARD if self.strength < first.strength else NONE
        else:
            self.direction = FORWARD if self.strength < second.strength else NONE

    def recalculate(self):
        source, out = (self.first, self.second) if self.direction == FORWARD else (self.second, self.first)
        out.strength = max(self.strength, source.strength)
        out.stay = source.stay
        if out.stay:
            self.execute()


class Equal(Binary):
    def execute(self):
        if self.direction == FORWARD:
            self.second.value = self.first.value
        else:
            self.first.value = self.second.value


class Scale(Binary):
    """second = first * scale + offset, in either direction."""

    def __init__(self, planner, first, scale, offset, second, strength):
        self.scale = scale
        self.offset = offset
        super().__init__(planner, first, second, strength)

    def variables(self):
        return (self.first, self.second, self.scale, self.offset)

    def inputs(self):
        return (self.first if self.direction == FORWARD else self.second, self.scale, self.offset)

    def execute(self):
        if self.direction == FORWARD:
            self.second.value = self.first.value * self.scale.value + self.offset.value
        else:
            self.first.value = (self.second.value - self.offset.value) // self.scale.value

    def recalculate(self):
        source, out = (self.first, self.second) if self.direction == FORWARD else (self.second, self.first)
        out.strength = max(self.strength, source.strength)
        out.stay = source.stay and self.scale.stay and self.offset.stay
        if out.stay:
            self.execute()


class Planner:
    def __init__(self):
        self.current_mark = 0

    def new_mark(self):
        self.current_mark += 1
        return self.current_mark

    def incremental_add(self, constraint):
        mark = self.new_mark()
        displaced = constraint.satisfy(mark)
        while displaced is not None:
            displaced = displaced.satisfy(mark)

    def incremental_remove(self, constraint):
        out = constraint.output()
        constraint.clear()
        unsatisfied = self.remove_propagate(out)
        for strength in range(REQUIRED, WEAKEST):
            for other in unsatisfied:
                if other.strength == strength:
                    self.incremental_add(other)

    def remove_propagate(self, out):
        out.determined_by = None
        out.strength = WEAKEST
        out.stay = True
        unsatisfied = []
        todo = [out]
        while todo:
            variable = todo.pop()
            for constraint in variable.constraints:
                if not constraint.is_satisfied():
                    unsatisfied.append(constraint)
            for constraint in variable.constraints:
                if constraint is not variable.determined_by and constraint.is_satisfied():
                    constraint.recalculate()
                    todo.append(constraint.output())
        return unsatisfied

    def add_propagate(self, constraint, mark):
        todo = [constraint]
        while todo:
            current = todo.pop()
            if current.output().mark == mark:
                raise ValueError("the constraints form a cycle")
            current.recalculate()
            self.push_consumers(current.output(), todo)

    def push_consumers(self, variable, todo):
        for constraint in variable.constraints:
            if constraint is not variable.determined_by and constraint.is_satisfied():
                todo.append(constraint)

    def extract_plan(self, edits):
        mark = self.new_mark()
        plan = []
        todo = [edit for edit in edits if edit.is_satisfied()]
        while todo:
            constraint = todo.pop()
            out = constraint.output()
            if out.mark != mark and constraint.inputs_known(mark):
                plan.append(constraint)
                out.mark = mark
                self.push_consumers(out, todo)
        return plan


def set_value(planner, variable, value):
    edit = Edit(planner, variable, PREFERRED)
    plan = planner.extract_plan([edit])
    for _ in range(10):
        variable.value = value
        for constraint in plan:
            constraint.execute()
    edit.detach()


def chain(length):
    planner = Planner()
    variables = [Variable(f"v{i}", 0) for i in range(length + 1)]
    for first, second in zip(variables, variables[1:]):
        Equal(planner, first, second, REQUIRED)
    Stay(planner, variables[-1], STRONG_DEFAULT)
    edit = Edit(planner, variables[0], PREFERRED)
    plan = planner.extract_plan([edit])
    total = 0
    for value in range(100):
        variables[0].value = value
        for constraint in plan:
            constraint.execute()
        if variables[-1].value != value:
            raise AssertionError("the chain lost its value")
        total += variables[-1].value
    edit.detach()
    return total


def projection(length):
    planner = Planner()
    scale, offset = Variable("scale", 10), Variable("offset", 1000)
    sources, targets = [], []
    for i in range(length):
        source, target = Variable(f"s{i}", i), Variable(f"t{i}", i)
        sources.append(source)
        targets.append(target)
        Stay(planner, source, NORMAL)
        Scale(planner, source, scale, offset, target, REQUIRED)
    set_value(planner, sources[-1], 17)
    total = targets[-1].value
    set_value(planner, targets[-1], 1050)
    total += sources[-1].value
    set_value(planner, scale, 5)
    total += sum(target.value for target in targets[:-1])
    set_value(planner, offset, 2000)
    total += sum(target.value for target in targets[:-1])
    return total


def run(n):
    return chain(n) * 31 + projection(n)


if __name__ == "__main__":
    main(run, 70000)
