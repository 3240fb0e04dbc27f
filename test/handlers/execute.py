"""Runs handlers as Lambda's runtime for Python does, each time with their modules loaded afresh.

Reads {"files": [...], "events": [...]} from standard input and writes, for each file, one value an event:
{"value": ...} or {"threw": message}.
"""

import contextlib
import importlib.util
import io
import json
import os
import sys


def fresh(file):
    folder = os.path.dirname(file)
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(folder):
            del sys.modules[name]
    name = os.path.splitext(os.path.basename(file))[0]
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def answer(file, event):
    module = fresh(file)
    try:
        return {"value": module.handler(json.loads(event), {"aws_request_id": "r-1"})}
    except Exception as error:
        return {"threw": repr(error)}


def main():
    asked = json.load(sys.stdin)
    events = [json.dumps(event) for event in asked["events"]]
    results = []
    for file in asked["files"]:
        sys.path.insert(0, os.path.dirname(file))
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            results.append([answer(file, event) for event in events])
        sys.path.pop(0)
    json.dump(results, sys.stdout, default=str)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
