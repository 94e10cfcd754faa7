"""Keeps every finished run in a file of JSON lines, so that an interrupted measurement goes on where it stopped.

The first line says what is measured (engines with their identity, sizes); runs of another header are not continued. Each
further line is one run. A line cut off by a crash is ignored.
"""
import json
import os

from .plan import Job


class Store:
    def __init__(self, path, header, fresh=False):
        self.path, self.header, self.file = path, header, None
        self.samples = {}       # Job: {"wall": ..., ...} or {"error": ...}
        self.continued = not fresh and self._load(header)
        if self.continued:
            self.file = open(path, "a", encoding="utf-8")
        else:
            self.restart()

    def restart(self):
        """Forgets everything."""
        self.close()
        self.samples, self.continued = {}, False
        os.makedirs(os.path.dirname(os.path.abspath(self.path)), exist_ok=True)
        self.file = open(self.path, "w", encoding="utf-8")
        self.file.write(json.dumps(self.header) + "\n")
        self.file.flush()

    def _load(self, header):
        try:
            with open(self.path, encoding="utf-8") as file:
                text = file.read()
        except FileNotFoundError:
            return False
        lines = text.split("\n")
        try:
            if json.loads(lines[0]) != json.loads(json.dumps(header)):
                return False
        except ValueError:
            return False
        for line in lines[1:]:
            try:
                row = json.loads(line)
                self.samples[Job(*row["job"])] = row["sample"]
            except (ValueError, KeyError, TypeError):
                continue
        if not text.endswith("\n"):         # the next line must not join the one cut off
            with open(self.path, "a", encoding="utf-8") as file:
                file.write("\n")
        return True

    def add(self, job, sample):
        self.samples[job] = sample
        self.file.write(json.dumps({"job": [job.program, job.engine, job.kind, job.round], "sample": sample}) + "\n")
        self.file.flush()

    def close(self):
        if self.file:
            self.file.close()
