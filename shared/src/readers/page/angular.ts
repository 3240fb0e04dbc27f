/** Angular's HttpClient: its instances, its options, and what becomes of the observables that it gives. */
import { callValue } from "../../interpreter/syntax/calls";
import { inert, scopeOf } from "../../interpreter/builtins/natives";
import type { Evaluation } from "../../interpreter/core/state";
import { object } from "../../interpreter/core/values";
import type {
  CallArgs,
  ExternValue,
  ObjectValue,
  AbstractValue,
} from "../../interpreter/core/values";
import type { Span } from "../../ir/span";
import { objectOf } from "./call-draft";

/** An instance of Angular's client, as dependency injection gives it. */
export function angularClient(at: Span): ExternValue {
  return instanceOf("HttpClient", at);
}

/** A request that Angular hands to an interceptor. */
export function angularRequest(at: Span): ExternValue {
  return instanceOf("HttpRequest", at);
}

/** The name that an interceptor deletes from the headers of a request, or of a copy of it. */
export function headerRemoved(callee: ExternValue, args: CallArgs): string | undefined {
  const [name] = args.positional;
  const removes = /HttpRequest\(\)(\.clone\(\))?\.headers(\.\w+\(\))*\.delete$/.test(callee.path);
  return removes && name?.t === "const" ? String(name.value).toLowerCase() : undefined;
}

function instanceOf(name: string, at: Span): ExternValue {
  const module: ExternValue = {
    t: "extern",
    path: `npm:@angular/common/http.${name}`,
    made: { by: "module" },
    members: new Map(),
    language: "typescript",
    at,
  };
  const args: CallArgs = { positional: [], named: new Map(), construct: true, at, calleeAt: at };
  return {
    ...module,
    path: `${module.path}()`,
    made: { by: "call", callee: module, args },
    members: new Map(),
  };
}

/** Angular's `HttpHeaders` are immutable: a chain of `set` and `append` on what `new HttpHeaders(…)` was given. */
export function angularOptions(options: AbstractValue | undefined): AbstractValue | undefined {
  const given = objectOf(options);
  const slot = given?.props.get("headers");
  if (!given || slot?.value.t !== "extern") return options;
  const headers = angularHeaders(slot.value, slot.value.at);
  if (!headers) return options;
  const props = new Map(given.props);
  props.set("headers", { ...slot, value: headers });
  return { ...given, props };
}

function angularHeaders(value: ExternValue, at: Span): ObjectValue | undefined {
  if (value.made.by !== "call") return undefined;
  const { callee, args } = value.made;
  const [first, second] = args.positional;
  if (callee.path.endsWith("http.HttpHeaders")) {
    if (first === undefined) return object(at);
    return first.t === "object" ? { ...first, props: new Map(first.props) } : undefined;
  }
  if (callee.made.by !== "member" || !["set", "append"].includes(callee.made.name))
    return undefined;
  const before = angularHeaders(callee.made.of, at);
  if (!before || first?.t !== "const" || !second) return undefined;
  before.props.set(String(first.value), { value: second, name: first.at, entry: args.at });
  return before;
}

export function injected({ positional: [token], at }: CallArgs): AbstractValue | undefined {
  return token?.t === "extern" && token.path.endsWith("http.HttpClient")
    ? angularClient(at)
    : undefined;
}

/** Whether the observable gives the response and not its body alone. */
export function observesResponse(options: AbstractValue | undefined): boolean {
  const value = objectOf(options)?.props.get("observe")?.value;
  return value?.t === "const" && value.value === "response";
}

const observed =
  /^npm:@angular\/common\/http\.HttpClient\(\)\.[a-z]+\(\)\.(subscribe|pipe|toPromise)$/;

/** `subscribe`, `pipe` and `toPromise` of an observable, which is taken for what it gives; `undefined`: something else. */
export function observableCall(
  run: Evaluation,
  callee: ExternValue,
  args: CallArgs,
): AbstractValue | undefined {
  const [given] = args.positional;
  if (/^npm:rxjs\.(first|last)ValueFrom$/.test(callee.path))
    return given?.t === "extern" ? given : undefined;
  const name = observed.exec(callee.path)?.[1];
  if (name === undefined || callee.made.by !== "member") return undefined;
  const { of } = callee.made;
  if (name === "toPromise") return of;
  const apply = (fn: AbstractValue | undefined, value: AbstractValue): AbstractValue =>
    fn === undefined || fn.t === "const"
      ? value
      : callValue(run, scopeOf(args, callee), fn, {
          ...args,
          positional: [value],
          named: new Map(),
        });
  if (name === "subscribe") {
    apply(objectOf(given)?.props.get("next")?.value ?? given, of);
    return inert(run, args, callee);
  }
  return piped(args.positional, of, apply);
}

/** `tap` looks at the value, `map` replaces it, and the others that are known here leave it alone. */
function piped(
  operators: readonly AbstractValue[],
  first: AbstractValue,
  apply: (fn: AbstractValue | undefined, value: AbstractValue) => AbstractValue,
): AbstractValue | undefined {
  let value = first;
  for (const operator of operators) {
    if (operator.t !== "extern" || operator.made.by !== "call") return undefined;
    const { callee, args } = operator.made;
    const name = /^npm:rxjs(?:\/operators)?\.(\w+)$/.exec(callee.path)?.[1] ?? "";
    const [fn] = args.positional;
    if (name === "map") value = apply(fn, value);
    else if (name === "tap") apply(objectOf(fn)?.props.get("next")?.value ?? fn, value);
    else if (!harmless.has(name)) return undefined;
  }
  return value;
}

const harmless = new Set(
  "catchError retry finalize shareReplay share take first takeUntil timeout delay".split(" "),
);
