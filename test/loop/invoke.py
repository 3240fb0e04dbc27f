"""Runs handlers as Lambda's runtime for Python does, as long as standard input is open.

Each line is {"id": n, "file": "...", "name": "...", "event": {...}}; the answer is a line {"id": n, "value": ...} or
{"id": n, "threw": message}.
"""

import contextlib
import importlib.util
import io
import json
import os
import sys

modules = {}


def load(file):
    if file not in modules:
        name = os.path.splitext(os.path.basename(file))[0]
        spec = importlib.util.spec_from_file_location(name, file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        modules[file] = module
    return modules[file]


def answer(asked):
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            handler = getattr(load(asked["file"]), asked["name"])
            return {"id": asked["id"], "value": handler(asked["event"], {"aws_request_id": "r-1"})}
    except Exception as error:
        return {"id": asked["id"], "threw": repr(error)}


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line)), default=str), flush=True)
