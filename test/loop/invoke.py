"""Runs handlers as Lambda's runtime for Python does, as long as standard input is open.

Each line is {"id": n, "file": "...", "name": "...", "event": {...}}; the answer is a line {"id": n, "value": ...} or
{"id": n, "threw": message}.
"""

import contextlib
import importlib
import importlib.util
import io
import json
import os
import sys

handlers = {}


def load(file):
    """The handler's module, with modules beside it that no other handler shares."""
    if file not in handlers:
        folder = os.path.dirname(file)
        name = os.path.splitext(os.path.basename(file))[0]
        spec = importlib.util.spec_from_file_location(name, file)
        module = importlib.util.module_from_spec(spec)
        sys.path.insert(0, folder)
        importlib.invalidate_caches()
        spec.loader.exec_module(module)
        sys.path.remove(folder)
        for other, loaded in list(sys.modules.items()):
            if (getattr(loaded, "__file__", None) or "").startswith(folder + os.sep):
                del sys.modules[other]
        handlers[file] = module
    return handlers[file]


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
