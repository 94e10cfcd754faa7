"""A web application without a network: requests parsed, routed by patterns, authorised, handled, rendered to responses.

Stresses the ordinary mixture: str methods, dicts, small classes, handlers in tables, exceptions for errors.
"""
from _harness import main


class HttpError(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class Request:
    def __init__(self, text):
        head, _, self.body = text.partition("\n\n")
        lines = head.split("\n")
        self.method, target, _ = lines[0].split(" ")
        self.path, _, query = target.partition("?")
        self.headers = {}
        for line in lines[1:]:
            key, _, value = line.partition(": ")
            self.headers[key.lower()] = value
        self.query = dict(pair.split("=", 1) for pair in query.split("&") if pair)


class Route:
    def __init__(self, method, pattern, handler):
        self.method = method
        self.parts = pattern.strip("/").split("/")
        self.handler = handler

    def match(self, method, parts):
        if method != self.method or len(parts) != len(self.parts):
            return None
        found = {}
        for mine, theirs in zip(self.parts, parts):
            if mine.startswith("<"):
                kind, _, name = mine[1:-1].rpartition(":")
                if kind == "int":
                    if not theirs.isdigit():
                        return None
                    theirs = int(theirs)
                found[name] = theirs
            elif mine != theirs:
                return None
        return found


class Application:
    def __init__(self):
        self.routes = []
        self.items = {k: {"id": k, "name": f"item {k}", "stock": k * 3 % 7} for k in range(20)}
        self.counts = {}

    def route(self, method, pattern):
        def register(handler):
            self.routes.append(Route(method, pattern, handler))
            return handler
        return register

    def handle(self, text):
        try:
            request = Request(text)
            parts = request.path.strip("/").split("/")
            for route in self.routes:
                found = route.match(request.method, parts)
                if found is not None:
                    status, body = 200, route.handler(request, **found)
                    break
            else:
                raise HttpError(404, "nothing at " + request.path)
        except HttpError as error:
            status, body = error.status, str(error)
        self.counts[status] = self.counts.get(status, 0) + 1
        return f"HTTP/1.1 {status}\nContent-Length: {len(body)}\n\n{body}"


def make_application():
    app = Application()

    @app.route("GET", "/items")
    def items(request):
        limit = int(request.query.get("limit", 5))
        chosen = sorted(app.items.values(), key=lambda item: (item["stock"], item["id"]))[:limit]
        return ", ".join(item["name"] for item in chosen)

    @app.route("GET", "/items/<int:number>")
    def item(request, number):
        if number not in app.items:
            raise HttpError(404, f"no item {number}")
        return "; ".join(f"{key}={value}" for key, value in app.items[number].items())

    @app.route("POST", "/items/<int:number>/stock")
    def stock(request, number):
        if request.headers.get("authorization") != "token 7":
            raise HttpError(401, "who are you?")
        app.items[number % 20]["stock"] += int(request.body)
        return "ok"

    @app.route("GET", "/users/<name>/hello")
    def hello(request, name):
        return f"Hello {name.capitalize()}!"

    return app


REQUESTS = [
    "GET /items?limit=4&page=2 HTTP/1.1\nHost: example.org\nAccept: */*\n\n",
    "GET /items/7 HTTP/1.1\nHost: example.org\n\n",
    "POST /items/3/stock HTTP/1.1\nHost: example.org\nAuthorization: token 7\n\n2",
    "POST /items/3/stock HTTP/1.1\nHost: example.org\n\n5",
    "GET /users/maria/hello HTTP/1.1\nHost: example.org\nCookie: a=b; c=d\n\n",
    "GET /items/99 HTTP/1.1\nHost: example.org\n\n",
    "GET /missing/page HTTP/1.1\nHost: example.org\n\n",
]


def run(n):
    app = make_application()
    total = 0
    for i in range(n):
        response = app.handle(REQUESTS[i * i % 7 if i % 3 else i % 7])
        total = (total * 31 + len(response) + ord(response[9])) % 1000000007
    return f"{total} {sorted(app.counts.items())}"


if __name__ == "__main__":
    main(run, 330000)
