"""Turns names of engines into command lines. An engine runs the programs of one language: Python, Lua or C++."""
import os
import shutil
import subprocess
from dataclasses import dataclass

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(BENCH)
PROGRAMS = os.path.join(BENCH, "programs")
BUILD = os.path.join(ROOT, "build", "bench")

# name: (language, command)
KNOWN = {
    "python3.11": ("python", ["/usr/bin/python3.11"]),
    "pypy3": ("python", ["/usr/bin/pypy3"]),
    "no-jit": ("python", ["{pyjit}", "--no-jit"]),
    "pyjit": ("python", ["{pyjit}"]),
    "luajit": ("lua", ["luajit"]),
    "lua5.4": ("lua", ["lua5.4"]),
    "c++": ("c++", ["g++", "-O2", "-std=c++20"]),
}
EXTENSIONS = {"python": ".py", "lua": ".lua", "c++": ".cc"}
FOLDERS = {"python": "", "lua": "lua", "c++": "cpp"}


class Unavailable(Exception):
    """No such engine on this machine, with the reason in words."""


def source_of(program, language):
    return os.path.join(PROGRAMS, FOLDERS[language], program + EXTENSIONS[language])


@dataclass
class Engine:
    name: str
    language: str
    command: list           # of an interpreter; of the compiler for C++

    def has(self, program):
        return os.path.exists(source_of(program, self.language))

    def command_for(self, program):
        source = source_of(program, self.language)
        return [compiled(source, self.command)] if self.language == "c++" else self.command + [source]

    def identity(self):
        """What changes when the engine does: results of another identity are not continued."""
        stat = os.stat(self.command[0])
        return f"{' '.join(self.command)} {stat.st_size} {stat.st_mtime_ns}"

    def version(self):
        """One line for the reports."""
        try:
            asked = "-v" if self.language == "lua" else "--version"
            done = subprocess.run([self.command[0], asked], capture_output=True, text=True, timeout=20)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"unknown ({error})"
        return " ".join((done.stdout or done.stderr).splitlines()[:1]) or "unknown"


def compiled(source, compiler):
    """The executable made of one C++ program, made anew when the source is newer."""
    target = os.path.join(BUILD, "cpp", os.path.splitext(os.path.basename(source))[0])
    header = os.path.join(os.path.dirname(source), "harness.h")
    if not os.path.exists(target) or os.path.getmtime(target) < max(os.path.getmtime(source), os.path.getmtime(header)):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        subprocess.run(compiler + ["-o", target, source], check=True)
    return target


def make_engine(name, pyjit, command=None):
    """By name, or a Python engine of one's own by its command."""
    if command is not None:
        language = "python"
    elif name in KNOWN:
        language, command = KNOWN[name]
    else:
        raise Unavailable(f"no engine is called {name}; there are {', '.join(KNOWN)}")
    command = [word.replace("{pyjit}", pyjit) for word in command]
    path = shutil.which(command[0])
    if path is None:
        raise Unavailable(f"{name} left out: there is no {command[0]}")
    return Engine(name, language, [os.path.abspath(path)] + command[1:])
