/** Library values: how their members and calls are named and remembered. */
import type { Language } from "../../ir/facts";
import type { Span } from "../../ir/span";
import { cdkModule } from "./resolve";
import type { Evaluation } from "../core/state";
import type { CallArgs, ExternValue, AbstractValue } from "../core/values";

export function externModule(path: string, language: Language, at: Span): ExternValue {
  return { t: "extern", path, made: { by: "module" }, members: new Map(), language, at };
}

/** The member of a library value: what was written to it, what the library is known to hold, or a new extern value. */
export function externMember(
  run: Evaluation,
  of: ExternValue,
  name: string,
  at: Span,
): AbstractValue {
  const key = memberName(of, name);
  const earlier = of.members.get(key);
  if (earlier) return earlier;
  const member: ExternValue = {
    t: "extern",
    path: `${of.path}.${key}`,
    made: { by: "member", of, name: key },
    members: new Map(),
    language: of.language,
    at,
  };
  const value = run.library.member(run, member) ?? member;
  // Enum members and types are told apart by where they are written, so only places that hold state are remembered.
  if (value.t === "extern" && !isStatic(of)) of.members.set(key, value);
  return value;
}

/** A call of a library value, logged; `construct` says that it was written as a construction. */
export function externCall(
  run: Evaluation,
  callee: ExternValue,
  args: CallArgs,
  language: Language,
): ExternValue {
  const value: ExternValue = {
    t: "extern",
    path: `${callee.path}()`,
    made: { by: "call", callee, args },
    members: new Map(),
    language,
    at: args.calleeAt,
  };
  run.events.push({ k: "call", value, conditional: run.conditional > 0, branch: run.branch });
  return value;
}

/** jsii's Python names in the spelling of TypeScript: `add_routes` -> `addRoutes`; classes and constants stay. */
export function memberName(of: ExternValue, name: string): string {
  if (of.path === "cdk" && /^(aws|alexa)_/.test(name)) return cdkModule(name);
  if (of.language !== "python" || !isJsii(of.path)) return name;
  if (/^[A-Z]/.test(name)) return name.replace(/^DEFAULT_([45])_XX$/, "DEFAULT_$1XX");
  // jsii puts an underscore behind Python's keywords: `HttpRouteKey.with_`.
  return camelCase(name.replace(/(?<=[a-z])_$/, ""));
}

function isJsii(path: string): boolean {
  return /^(cdk|constructs)\b/.test(path);
}

/** `allow_origins` -> `allowOrigins`; names without an underscore stay. */
export function camelCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A module, a class or an enum, rather than something that a call made. */
function isStatic(value: ExternValue): boolean {
  return value.made.by === "module" || (value.made.by === "member" && isStatic(value.made.of));
}

/** The library values of which a text is put together. */
export function mentioned(parts: readonly AbstractValue[]): { mentions?: readonly ExternValue[] } {
  const mentions = parts.flatMap((part) =>
    part.t === "extern" ? [part] : part.t === "unknown" ? (part.mentions ?? []) : [],
  );
  return mentions.length > 0 ? { mentions } : {};
}
