/** Library values: how their members and calls are named and remembered. */
import type { Language } from "../../ir/facts";
import type { Span } from "../../ir/span";
import type { Evaluation } from "../core/state";
import { Bindings, unknown } from "../core/values";
import type { CallArgs, ExternValue, AbstractValue } from "../core/values";

export function externModule(path: string, language: Language, at: Span): ExternValue {
  return {
    t: "extern",
    path,
    made: { by: "module" },
    members: new Bindings(),
    present: true,
    language,
    at,
  };
}

/** The member of a library value: what was written to it, what the library is known to hold, or a new extern value. */
export function externMember(
  run: Evaluation,
  of: ExternValue,
  name: string,
  at: Span,
): AbstractValue {
  if (isTooLong(of)) return unknown("a long chain of members", at);
  const key = run.domain.naming.memberName(of, name);
  const earlier = of.members.get(key);
  if (earlier) return earlier;
  const member = externValue(
    run,
    `${of.path}.${key}`,
    { by: "member", of, name: key },
    of.language,
    at,
  );
  const value = run.domain.library.member(run, member) ?? member;
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
  const path = `${callee.path}()`;
  const value = externValue(run, path, { by: "call", callee, args }, language, args.calleeAt);
  run.events.push({ k: "call", value, conditional: run.conditional > 0, branch: run.branch });
  return value;
}

/** A library value, with what the domain knows of its being there. */
export function externValue(
  run: Evaluation,
  path: string,
  made: ExternValue["made"],
  language: Language,
  at: Span,
): ExternValue {
  const value: ExternValue = { t: "extern", path, made, members: new Bindings(), language, at };
  return run.domain.isPresent(value) ? { ...value, present: true } : value;
}

/** A module, a class or an enum, rather than something that a call made. */
function isStatic(value: ExternValue): boolean {
  return value.made.by === "module" || (value.made.by === "member" && isStatic(value.made.of));
}

const mostMentions = 32;

/** Nobody writes as long a chain of members and calls. */
const longestPath = 2000;

/** Whether a library value has grown by members and calls beyond what anything is called. */
export function isTooLong(value: ExternValue): boolean {
  return value.path.length > longestPath;
}

/** The library values of which a text is put together. */
export function mentioned(parts: readonly AbstractValue[]): { mentions?: readonly ExternValue[] } {
  const mentions = parts.flatMap((part) =>
    part.t === "extern" ? [part] : part.t === "unknown" ? (part.mentions ?? []) : [],
  );
  return mentions.length > 0 ? { mentions: [...new Set(mentions)].slice(0, mostMentions) } : {};
}
