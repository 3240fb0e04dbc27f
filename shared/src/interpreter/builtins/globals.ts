/** Names that the languages themselves provide; each is a library value whose path begins with `global:`. */
import type { Span } from "../../ir/span";
import { externModule } from "../modules/externs";
import { dirname } from "../../base/file-paths";
import type { Evaluation } from "../core/state";
import { known, unknown } from "../core/values";
import type { Scope, AbstractValue } from "../core/values";

const typescriptGlobals = new Set([
  "Object", "Array", "String", "Number", "Boolean", "JSON", "Math", "Date", "Promise", "Set", "Map", "WeakMap", "Error",
  "TypeError", "RangeError", "SyntaxError", "FormData", "Blob", "URL", "URLSearchParams", "Headers", "Response", "Request", "Buffer",
  "process", "console", "fetch", "setTimeout", "clearTimeout", "setInterval", "parseInt", "parseFloat", "encodeURIComponent",
  "decodeURIComponent", "Symbol", "RegExp", "awslambda", "globalThis", "window", "self", "location", "document", "XMLHttpRequest", "crypto",
  "structuredClone", "isNaN", "AbortController", "TextEncoder", "TextDecoder", "localStorage", "sessionStorage", "import",
  "sst", "$config",
]); // prettier-ignore

const pythonGlobals = new Set([
  "dict", "list", "set", "tuple", "frozenset", "str", "int", "float", "bool", "bytes", "len", "print", "range", "enumerate",
  "zip", "map", "filter", "sorted", "reversed", "any", "all", "sum", "min", "max", "isinstance", "issubclass", "hasattr",
  "getattr", "setattr", "open", "type", "repr", "object", "Exception", "BaseException", "ValueError", "KeyError", "TypeError",
  "AttributeError", "RuntimeError", "NotImplementedError", "PermissionError", "IndexError", "LookupError", "OSError",
  "IOError", "TimeoutError", "ConnectionError", "StopIteration", "ZeroDivisionError", "FileNotFoundError", "iter", "next",
  "abs", "round", "super", "property", "staticmethod", "classmethod", "vars", "id", "hash", "callable", "format",
]); // prettier-ignore

export function globalName(run: Evaluation, scope: Scope, name: string, at: Span): AbstractValue {
  void run;
  if (name === "undefined") return known(undefined, at);
  if (name === "NaN" || name === "Infinity") return unknown("a number", at);
  if (name === "__dirname") return known(dirname(scope.file), at);
  if (name === "__filename" || name === "__file__") return known(scope.file, at);
  // Python's idiom for "when run as a program": CDK runs `app.py` so.
  if (name === "__name__") return known("__main__", at);
  const provided = scope.language === "python" ? pythonGlobals : typescriptGlobals;
  if (provided.has(name)) return externModule(`global:${name}`, scope.language, at);
  return unknown(`\`${name}\` is not defined here`, at);
}
