/** Modules: loading, what they export, imports. */
import type { ExportStmt, ImportStmt } from "../../ir/facts";
import type { Span } from "../../ir/span";
import { evaluate } from "../syntax/expressions";
import { externMember, externModule } from "./externs";
import { setVar } from "../core/heap";
import { fromJson } from "../builtins/json";
import { dirname, joinPath } from "../../base/file-paths";
import { pythonScope } from "../syntax/patterns";
import { resolveImport } from "./resolve";
import { spanOf } from "../core/state";
import { isExhausted, Thrown } from "../core/signals";
import type { Module, Evaluation } from "../core/state";
import { runBlock } from "../syntax/statements";
import { Bindings, object, unknown, whileLoading } from "../core/values";
import type { Scope, AbstractValue } from "../core/values";

/** What `import` of this specifier gives: a module of the workspace, a JSON value, or a library. */
export function loadModule(
  run: Evaluation,
  scope: Scope,
  specifier: string,
  at: Span,
): AbstractValue {
  const resolved = resolveImport(
    run.project,
    run.domain.naming,
    scope.file,
    specifier,
    scope.language,
  );
  switch (resolved.k) {
    case "library":
      return externModule(resolved.path, scope.language, at);
    case "json":
      return fromJson(run.project.json(resolved.file), at);
    case "file":
      return openModule(run, resolved.file)
        ? { t: "module", file: resolved.file, at }
        : unknown(`${specifier} cannot be read`, at);
  }
}

/** The module of a file, run when first asked for; `undefined` when it cannot be read. */
export function openModule(run: Evaluation, file: string): Module | undefined {
  const loaded = run.modules.get(file);
  if (loaded) return loaded;
  const facts = run.project.facts(file);
  if (!facts) return undefined;
  const at: Span = { file, start: 0, end: 0 };
  const scope: Scope = {
    vars: new Bindings(),
    parent: undefined,
    kind: "module",
    file,
    language: facts.language,
  };
  const exports = object(at);
  const module: Module = {
    file,
    language: facts.language,
    scope,
    exports,
    reexports: [],
    done: false,
  };
  run.modules.set(file, module);
  if (facts.language === "typescript") {
    scope.vars.set("exports", exports);
    const self = object(at);
    self.props.set("exports", { value: exports, name: at, entry: at });
    scope.vars.set("module", self);
  }
  // What a module does when loaded is the same on every way through a handler, so it is never undone.
  const { explorer: oracle, conditional, branch } = run;
  const trails = run.heap.undoLogs.splice(0);
  const { speculation: trial } = run;
  run.explorer = undefined;
  run.speculation = undefined;
  run.conditional = 0;
  run.branch = undefined;
  const finish = allowance(run);
  try {
    whileLoading(() => runBlock(run, scope, facts.body));
  } catch (error) {
    if (error instanceof Thrown) {
      run.gaps.push({ because: "the module throws while it is loaded", at: error.at });
    } else if (isExhausted(error)) {
      run.gaps.push({ because: "the module does too much while it is loaded", at });
    } else throw error;
  } finally {
    finish();
    run.explorer = oracle;
    run.speculation = trial;
    run.conditional = conditional;
    run.branch = branch;
    run.heap.undoLogs.push(...trails);
    module.done = true;
  }
  return module;
}

/** Gives a module the steps that it may take; the result is called when it is loaded. */
function allowance(run: Evaluation): () => void {
  const { loading, steps, maxSteps, moduleSteps } = run;
  if (!loading) {
    return () => {
      run.maxSteps = maxSteps;
    };
  }
  const outer = loading.inner;
  loading.inner = 0;
  const own = loading.depth++ === 0 ? moduleSteps : Math.min(moduleSteps, loading.left);
  run.maxSteps = steps + own;
  return () => {
    const used = run.steps - steps;
    if (--loading.depth > 0) loading.left -= used - loading.inner;
    loading.inner = outer + used;
    // The one that imports it has as many steps left as before.
    run.maxSteps = maxSteps + used;
  };
}

/** `module.name`: an export, a global of a Python module, or a sub-module of a package. */
export function moduleMember(
  run: Evaluation,
  scope: Scope,
  file: string,
  name: string,
  at: Span,
): AbstractValue {
  const module = openModule(run, file);
  if (!module) return unknown("a module that cannot be read", at);
  return (
    exported(run, module, name, new Set()) ??
    (module.language === "python" ? submodule(run, module, name, at) : undefined) ??
    (name === "default" ? defaultExport(module, at) : undefined) ??
    unknown(module.done ? `\`${name}\` is not exported` : "an import cycle", at)
  );
}

function exported(
  run: Evaluation,
  module: Module,
  name: string,
  seen: Set<string>,
): AbstractValue | undefined {
  if (seen.has(module.file)) return undefined;
  seen.add(module.file);
  if (module.language === "python") {
    const own = module.scope.vars.get(name);
    if (own) return own;
  }
  const slot = currentExports(module).props.get(name);
  if (slot) return slot.value;
  for (const file of module.reexports) {
    const other = openModule(run, file);
    const value = other && exported(run, other, name, seen);
    if (value) return value;
  }
  return undefined;
}

/** CommonJS may have replaced `module.exports`. */
function currentExports(module: Module): Module["exports"] {
  const self = module.scope.vars.get("module");
  const replaced = self?.t === "object" ? self.props.get("exports")?.value : undefined;
  return replaced?.t === "object" ? replaced : module.exports;
}

/** A CommonJS module imported by default is its `module.exports`. */
function defaultExport(module: Module, at: Span): AbstractValue | undefined {
  const self = module.scope.vars.get("module");
  const value = self?.t === "object" ? self.props.get("exports")?.value : undefined;
  if (value && value !== module.exports) return value;
  return module.language === "typescript" && module.exports.props.size > 0
    ? { t: "module", file: module.file, at }
    : undefined;
}

function submodule(
  run: Evaluation,
  module: Module,
  name: string,
  at: Span,
): AbstractValue | undefined {
  if (!module.file.endsWith("/__init__.py")) return undefined;
  for (const file of [`${name}.py`, `${name}/__init__.py`].map((tail) =>
    joinPath(dirname(module.file), tail),
  )) {
    if (run.project.isFile(file)) return { t: "module", file, at };
  }
  return undefined;
}

/** The names that a module exports, for readers that look for handlers. */
export function exportNames(module: Module): string[] {
  if (module.language === "python") return [...module.scope.vars.keys()];
  return [...currentExports(module).props.keys()];
}

export function runImport(run: Evaluation, scope: Scope, stmt: ImportStmt): void {
  const at = spanOf(scope, stmt.at);
  const target = scope.language === "python" ? pythonScope(scope) : scope;
  if (scope.language === "python" && stmt.names.length > 0) {
    for (const name of stmt.names) importPythonName(run, scope, target, stmt, name);
    return;
  }
  const module = loadModule(run, scope, stmt.from, at);
  for (const { imported, local, at: place } of stmt.names) {
    const nameAt = spanOf(scope, place);
    const value =
      imported === "*" ? namespaceOf(run, module) : member(run, scope, module, imported, nameAt);
    setVar(run.heap, target, local, value);
  }
}

/** `const x = require("./x")` of a module that replaced its exports is that value. */
export function namespaceOf(run: Evaluation, module: AbstractValue): AbstractValue {
  if (module.t !== "module") return module;
  const opened = openModule(run, module.file);
  const self = opened?.scope.vars.get("module");
  const value = self?.t === "object" ? self.props.get("exports")?.value : undefined;
  return value && opened && value !== opened.exports ? value : module;
}

function member(
  run: Evaluation,
  scope: Scope,
  module: AbstractValue,
  name: string,
  at: Span,
): AbstractValue {
  if (module.t === "module") return moduleMember(run, scope, module.file, name, at);
  if (module.t === "extern")
    return name === "default" ? module : externMember(run, module, name, at);
  if (module.t === "object" && name !== "default")
    return module.props.get(name)?.value ?? unknown(`\`${name}\` of JSON`, at);
  return module;
}

function importPythonName(
  run: Evaluation,
  scope: Scope,
  target: Scope,
  stmt: ImportStmt,
  name: ImportStmt["names"][number],
): void {
  const at = spanOf(scope, name.at);
  const { from } = stmt;
  if (name.local === "*") return importAll(run, scope, target, from, at);
  if (name.imported === "*") {
    setVar(run.heap, target, name.local, loadModule(run, scope, from, at));
    return;
  }
  const package_ = loadModule(run, scope, from, at);
  if (package_.t === "module") {
    const found = moduleMember(run, scope, package_.file, name.imported, at);
    if (found.t !== "unknown") return setVar(run.heap, target, name.local, found);
  }
  const nested = loadModule(
    run,
    scope,
    from.endsWith(".") ? from + name.imported : `${from}.${name.imported}`,
    at,
  );
  if (nested.t === "module") return setVar(run.heap, target, name.local, nested);
  setVar(run.heap, target, name.local, member(run, scope, package_, name.imported, at));
}

function importAll(run: Evaluation, scope: Scope, target: Scope, from: string, at: Span): void {
  const value = loadModule(run, scope, from, at);
  const module = value.t === "module" ? openModule(run, value.file) : undefined;
  for (const [name, part] of module?.scope.vars ?? [])
    if (!name.startsWith("_")) setVar(run.heap, target, name, part);
}

export function runExport(run: Evaluation, scope: Scope, stmt: ExportStmt): void {
  const at = spanOf(scope, stmt.at);
  const module = run.modules.get(scope.file);
  if (!module) return;
  if (stmt.k === "export") {
    const value = evaluate(run, scope, stmt.value);
    module.exports.props.set(stmt.name, { value, name: at, entry: at });
    return;
  }
  const source = loadModule(run, scope, stmt.from, at);
  if (stmt.imported === "*" && stmt.name === "*") {
    if (source.t === "module") module.reexports.push(source.file);
    return;
  }
  const value = stmt.imported === "*" ? source : member(run, scope, source, stmt.imported, at);
  module.exports.props.set(stmt.name, { value, name: at, entry: at });
}

/** Runs a file for its effects; a budget that runs out is noted. */
export function runFile(run: Evaluation, file: string): Module | undefined {
  try {
    return openModule(run, file);
  } catch (error) {
    if (!isExhausted(error)) throw error;
    run.gaps.push({
      because: "the evaluation exceeded its budget",
      at: { file, start: 0, end: 0 },
    });
    return run.modules.get(file);
  }
}
