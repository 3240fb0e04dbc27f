/** What of a value, and of what code did, may become part of an answer. */
import type { Span } from "../../ir/span";
import { decidesResult } from "./constraints";
import type { Relevance } from "./domain";
import { read } from "./heap";
import type { Container, UndoLog } from "./heap";
import type { PathState } from "./path-state";
import { Thrown } from "./signals";
import type { Evaluation } from "./state";
import type { Property, AbstractValue, Vars } from "./values";

/** Whether a value may become part of the result. */
export function isRelevant(value: AbstractValue, relevance: Relevance, depth = 3): boolean {
  switch (value.t) {
    case "const":
      if (typeof value.value === "number") return relevance.number(value.value);
      return typeof value.value === "string" && relevance.text(value.value);
    case "request":
      return relevance.echo(value);
    case "unknown":
      return value.test
        ? decidesResult(value, relevance)
        : value.about !== undefined && relevance.echo(value.about);
    case "oneOf":
      return value.of.some((branch) => isRelevant(branch, relevance, depth));
    case "maybe":
      return isRelevant(value.of, relevance, depth);
    case "array":
      return depth > 0 && value.items.some((item) => isRelevant(item, relevance, depth - 1));
    case "object":
      return [...value.props].some(
        ([key, slot]) =>
          relevance.property(key) || (depth > 0 && isRelevant(slot.value, relevance, depth - 1)),
      );
    case "function":
    case "class":
    case "native":
      return true;
    default:
      return false;
  }
}

/** A piece of code that was followed to an end. */
export interface Extent {
  /** The clock when it began. */
  readonly start: number;
  /** What the path knew then. */
  readonly known: PathState;
  /** What steps before it have written, where it is one of a sequence. */
  readonly before?: UndoLog | undefined;
  readonly trail: UndoLog;
  /** The place behind it, in its function. */
  readonly position?: number | undefined;
}

/** What an outcome is told apart by. Before the first `|` stands how it ended. */
export function outcomeKey(
  run: Evaluation,
  { start, before, trail, position = -1, known }: Extent,
  end: object,
): string {
  const { path } = run;
  const parts = [endKey(run, end), "|"];
  if (path.caught) parts.push("caught");
  if (path.sent.length > 0)
    parts.push(
      `sent ${path.sent.map(({ sites }) => sites.map((at) => spanKey(run, at)).join("-")).join()}`,
    );
  if (path.failed) parts.push("failed");
  if (path.constraints !== known.constraints || before) parts.push(constraintKey(run, path));
  const seen = new Map<Container, Set<unknown>>();
  for (const writes of before ? [before, trail] : [trail])
    for (const [container, places] of writes) {
      const ids = seen.get(container) ?? new Set();
      seen.set(container, ids);
      for (const key of places.keys()) ids.add(key);
    }
  for (const [container, keys] of seen) {
    // What was made meanwhile is looked at where it is reached from elsewhere.
    if (container === run.pending || (container.born !== undefined && container.born >= start))
      continue;
    const mentions = (container as Vars).mentions;
    if (!(container instanceof Map)) {
      if ("t" in container && isRelevant(container, run.domain.relevance))
        parts.push(`#${idOf(run, container)}${valueKey(run, container, false)}`);
      continue;
    }
    for (const key of keys) {
      if (mentions && (mentions.get(key as string) ?? Infinity) <= position) continue;
      const content = read(container, key) as AbstractValue | Property | undefined;
      const value = content && ("t" in content ? content : content.value);
      const named = run.domain.relevance.property(String(key));
      if (!named && !(value && isRelevant(value, run.domain.relevance))) continue;
      const slot = content && !("t" in content) ? slotKey(run, content) : "";
      parts.push(
        `#${idOf(run, container)}.${String(key)}${slot}=${value ? valueKey(run, value, named) : ""}`,
      );
    }
  }
  return parts.join("\n");
}

function idOf(run: Evaluation, container: object): number {
  let id = run.ids.get(container);
  if (id === undefined) run.ids.set(container, (id = run.ids.size ?? 0));
  return id;
}

function endKey(run: Evaluation, end: object): string {
  if (end instanceof Thrown) {
    const { value, implicit, past } = end;
    return `throws ${implicit} ${past ?? ""} ${errorKey(run, value)}`;
  }
  if ("t" in end) return promiseKey(run, end) + valueKey(run, end as AbstractValue, false);
  const completion = end as { falls?: boolean; jump?: string; returned?: readonly AbstractValue[] };
  const [value] = completion.returned ?? [];
  if (!value) return `${completion.falls} ${completion.jump ?? ""}`;
  const outermost = run.depth <= 1;
  const last = run.path.returns.at(-1);
  const site =
    last && (outermost || isRelevant(value, run.domain.relevance)) ? spanKey(run, last.at) : "";
  return `returns ${site} ${promiseKey(run, value)}${valueKey(run, value, outermost)}`;
}

/** A promise that nothing awaited is no value yet: a `try` around it does not see what it rejects with. */
function promiseKey(run: Evaluation, value: object): string {
  return run.pending.has(value) ? "promise " : "";
}

/** What may be told of an exception where it is caught: its class, and its own status or the like, wherever it was made. */
function errorKey(run: Evaluation, value: AbstractValue): string {
  const { relevance } = run.domain;
  if (value.t === "extern") return value.path;
  if (value.t !== "object") return valueKey(run, value, false);
  const { cls, props } = value;
  const own = [...props].flatMap(([key, { value: part }]) => {
    if (!relevance.property(key) && !isRelevant(part, relevance)) return [];
    return `${key}=${part.t === "const" ? JSON.stringify(part.value) : valueKey(run, part, true)}`;
  });
  return `${cls ? spanKey(run, cls.at) : ""}{${own.join()}}`;
}

/** What the result says of the request that it is for. */
function constraintKey(run: Evaluation, { constraints }: PathState): string {
  let key = run.constraintKeys.get(constraints);
  if (key === undefined) {
    const { relevance } = run.domain;
    const parts = [...constraints].flatMap(([subject, constraint]) => {
      const said = relevance.constraint(subject.split("\0"), constraint);
      return said === "" ? [] : [`${subject}:${said}`];
    });
    run.constraintKeys.set(constraints, (key = parts.sort().join(";")));
  }
  return key;
}

function spanKey(run: Evaluation, { file, start, end }: Span): string {
  let id = run.fileIds.get(file);
  if (id === undefined) run.fileIds.set(file, (id = run.fileIds.size));
  return `${id}:${start}:${end}`;
}

function slotKey(run: Evaluation, { name, entry, maybe }: Property): string {
  return `@${spanKey(run, name)}-${entry.start}${maybe ? "?" : ""}`;
}

/** A value as far as it may become part of an answer; `whole`: all of it, as it stands where a status or headers do. */
function valueKey(run: Evaluation, value: AbstractValue, whole: boolean, depth = 6): string {
  if (depth === 0) return "…";
  if (!whole && !isRelevant(value, run.domain.relevance)) return "";
  switch (value.t) {
    case "const":
      return `${JSON.stringify(value.value)}@${spanKey(run, value.at)}`;
    case "request":
      return `request ${value.path.join(".")}@${value.at.start}`;
    case "object": {
      const props = [...value.props].map(([key, slot]) => {
        const inner = (whole && key !== "body") || run.domain.relevance.property(key);
        const empty = key === "body" && slot.value.t === "const" && !slot.value.value ? "0" : "";
        return `${key}${slotKey(run, slot)}=${empty}${valueKey(run, slot.value, inner, depth - 1)}`;
      });
      const sites = run.path.returns.filter((site) => site.value === value);
      const through = sites.map(({ at }) => spanKey(run, at)).join(">");
      return `{${spanKey(run, value.at)} ${value.open ?? ""} ${through} ${props.join(",")}}`;
    }
    case "array":
      return `[${value.open ?? ""} ${value.items.map((item) => valueKey(run, item, whole, depth - 1)).join()}]`;
    case "oneOf":
      return `(${value.of.map((one) => valueKey(run, one, whole, depth - 1)).join("|")})`;
    case "maybe":
      return `?${valueKey(run, value.of, whole, depth - 1)}`;
    case "unknown":
      return `${value.because}${value.about?.path.join(".") ?? ""}${value.test?.k ?? ""}@${spanKey(run, value.at)}`;
    case "extern":
      return `${value.path}@${value.at.start}`;
    default:
      return `${value.t}@${spanKey(run, value.at)}`;
  }
}
