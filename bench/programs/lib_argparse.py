"""argparse, logging, configparser and contextlib: command lines parsed again and again, messages formatted and filtered.

Stresses large pure-Python modules of the standard library, with code that runs a few hundred times.
"""
import argparse
import configparser
import io
import logging

from _harness import main

LINES = [["build", "-v", "--jobs", "4", "target"], ["test", "--only", "a,b", "x", "y"], ["build", "--jobs=8", "-vv", "all", "--define", "A=1"],
         ["clean", "--force"]]
CONFIG = """[server]
host = localhost
port = 80%(tail)s
tail = 80
[paths]
root : /var
data = ${root}/data
"""


def make_parser():
    parser = argparse.ArgumentParser(prog="tool", description="a tool that is only parsed", exit_on_error=False)
    parser.add_argument("-v", "--verbose", action="count", default=0)
    commands = parser.add_subparsers(dest="command")
    build = commands.add_parser("build")
    build.add_argument("-v", "--verbose", action="count", default=0)
    build.add_argument("--jobs", type=int, default=1, choices=range(1, 17))
    build.add_argument("--define", action="append", default=[])
    build.add_argument("target")
    test = commands.add_parser("test")
    test.add_argument("--only", type=lambda text: text.split(","))
    test.add_argument("files", nargs="*")
    clean = commands.add_parser("clean")
    clean.add_argument("--force", action="store_true")
    return parser


class Even(logging.Filter):
    def filter(self, record):
        return record.args[0] % 2 == 0


def run(n):
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
    handler.addFilter(Even())
    logger = logging.getLogger("bench.program")
    logger.handlers[:] = [handler]
    logger.propagate = False
    logger.setLevel(logging.INFO)
    total = 0
    for i in range(n):
        parser = make_parser()
        for line in LINES:
            options = parser.parse_args(line)
            total += len(options.command) + getattr(options, "jobs", 2) + len(vars(options))
        if i % 10 == 0:
            total += parser.format_help().count("build")
        config = configparser.ConfigParser()
        config.read_string(CONFIG.replace("${root}", "/r"))
        total += config.getint("server", "port") % 97 + len(config["paths"]["data"])
        for k in range(8):
            logger.info("number %d of %s", k, "eight")
            logger.debug("never %d", k)
            logger.warning("%d: %5.2f", k, k / 3)
        total %= 1000000007
    return f"{total} {len(out.getvalue())}"


if __name__ == "__main__":
    main(run, 920)
