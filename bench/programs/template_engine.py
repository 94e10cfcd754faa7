"""A template language compiled to closures: variables, filters, loops, conditions; rendered many times.

Stresses closures calling closures, dict lookups by name, str methods and join.
"""
from _harness import main


class TemplateError(Exception):
    pass


FILTERS = {"upper": str.upper, "title": str.title, "length": lambda value: str(len(value)),
           "escape": lambda text: text.replace("&", "&amp;").replace("<", "&lt;")}


def split(source):
    """Yields ("text", t), ("value", v) and ("tag", words)."""
    at = 0
    while True:
        start = source.find("{", at)
        if start < 0:
            yield "text", source[at:]
            return
        if start > at:
            yield "text", source[at:start]
        mark = source[start + 1]
        end = source.index("}}" if mark == "{" else "%}", start)
        inner = source[start + 2:end].strip()
        yield ("value", inner) if mark == "{" else ("tag", inner.split())
        at = end + 2


def compile_value(text):
    name, *filters = [part.strip() for part in text.split("|")]
    path = name.split(".")
    functions = [FILTERS[f] for f in filters]

    def evaluate(context):
        value = context[path[0]]
        for part in path[1:]:
            value = value[part]
        if not functions:
            return value
        value = value if isinstance(value, (str, list)) else str(value)
        for function in functions:
            value = function(value)
        return value

    return evaluate


def compile_block(parts, until):
    nodes = []
    for kind, value in parts:
        if kind == "text":
            nodes.append(lambda context, out, text=value: out.append(text))
        elif kind == "value":
            nodes.append(lambda context, out, get=compile_value(value): out.append(str(get(context))))
        elif value[0] in until:
            return nodes
        elif value[0] == "for":
            nodes.append(make_loop(value[1], compile_value(value[3]), compile_block(parts, ("endfor",))))
        elif value[0] == "if":
            nodes.append(make_condition(compile_value(value[1]), compile_block(parts, ("endif",))))
        else:
            raise TemplateError(f"unknown tag {value[0]}")
    if until:
        raise TemplateError(f"no {until[0]}")
    return nodes


def make_loop(name, get_items, body):
    def loop(context, out):
        for item in get_items(context):
            context[name] = item
            for node in body:
                node(context, out)

    return loop


def make_condition(get_value, body):
    def condition(context, out):
        if get_value(context):
            for node in body:
                node(context, out)

    return condition


def render(nodes, context):
    out = []
    for node in nodes:
        node(context, out)
    return "".join(out)


SOURCE = """<h1>{{ title | upper | escape }}</h1>
{% for user in users %}<li id="{{ user.id }}">{{ user.name | title }} ({{ user.tags | length }})
{% if user.admin %}<b>admin</b>{% endif %}{% for tag in user.tags %}<i>{{ tag }}</i>{% endfor %}</li>
{% endfor %}"""


def run(n):
    nodes = compile_block(split(SOURCE), ())
    users = [{"id": i, "name": f"user no {i}", "admin": i % 4 == 0, "tags": ["t" * k for k in range(i % 5)]}
             for i in range(40)]
    checksum = 0
    for i in range(n):
        page = render(nodes, {"title": f"page <{i}> & more", "users": users[i % 20:]})
        checksum = (checksum * 31 + len(page) + ord(page[i % len(page)])) % 1000000007
    return checksum


if __name__ == "__main__":
    main(run, 18000)
