/** Values as far as a function can tell them apart, as a text. */
import type { Span } from "../../ir/span";
import type { Container } from "./heap";
import { lastMentions } from "./liveness";
import type { Evaluation } from "./state";
import type { AbstractValue, FunctionValue, Property, Vars } from "./values";

/** A variable around a function, and what it held. */
export type Cell = readonly [vars: Vars, name: string, value: AbstractValue];

/** Beyond so many parts, nothing is remembered. */
const maxNodes = 300;

/** Spells values; `failed` where there is more to them than can be spelled. */
export class Spelling {
  failed = false;
  readonly #run: Evaluation;
  readonly #cells: Cell[];
  readonly #seen = new Set<object>();
  #left = maxNodes;

  constructor(run: Evaluation, cells: Cell[]) {
    this.#run = run;
    this.#cells = cells;
  }

  id(of: object): string {
    const { ids } = this.#run;
    let id = ids.get(of);
    if (id === undefined) ids.set(of, (id = ids.size));
    return `#${id}`;
  }

  #place({ file, start, end }: Span): string {
    const { fileIds } = this.#run;
    let id = fileIds.get(file);
    if (id === undefined) fileIds.set(file, (id = fileIds.size));
    return `${id}:${start}:${end}`;
  }

  of(value: AbstractValue): string {
    if (this.#left-- <= 0) this.failed = true;
    if (this.failed) return "";
    switch (value.t) {
      case "const":
        return `${JSON.stringify(value.value)}@${this.#place(value.at)}`;
      case "request":
        return `request ${value.path.join(".")}@${this.#place(value.at)}`;
      case "unknown": {
        const test = value.test ? this.id(value.test) : "";
        const pieces = (value.pieces ?? []).map((piece) => this.of(piece)).join();
        const about = value.about?.path.join(".") ?? "";
        return `${value.because}|${about}|${value.name ?? ""}|${test}|${value.tainted ?? ""}|${pieces}@${this.#place(value.at)}`;
      }
      case "extern":
        if ((value.members as Container).touched) this.failed = true;
        return `${value.path}@${this.#place(value.at)}`;
      case "oneOf":
        return `(${value.of.map((one) => this.of(one)).join("|")})`;
      case "maybe":
        return `?${this.of(value.of)}`;
      case "array":
        if (this.#seen.has(value)) return this.id(value);
        this.#seen.add(value);
        return `[${value.open ?? ""};${value.items.map((item) => this.of(item)).join()}]@${this.#place(value.at)}`;
      case "object": {
        if (this.#seen.has(value)) return this.id(value);
        this.#seen.add(value);
        if (value.cls || value.base || value.map)
          return this.id(this.#untouched(value.props, value));
        const props = [...value.props].map(([key, slot]) => `${key}${this.#slot(slot)}`);
        return `{${value.open ?? ""};${props.join()}}@${this.#place(value.at)}`;
      }
      case "function":
        this.around(value);
        return `${this.id(value.fn)}${this.id(value.scope)}${value.self ? this.id(value.self) : ""}`;
      case "native":
        this.failed = true;
        return "";
      default:
        return this.id(value);
    }
  }

  #slot({ value, name, entry, maybe }: Property): string {
    return `${maybe ? "?" : ""}@${this.#place(name)}-${entry.start}:${this.of(value)}`;
  }

  #untouched(props: Container, value: AbstractValue): AbstractValue {
    if (props.touched) this.failed = true;
    return value;
  }

  /** What the variables hold that a function reads, in functions around it. */
  around({ fn, scope }: FunctionValue): void {
    if (scope.kind === "module" || this.#seen.has(fn)) return;
    this.#seen.add(fn);
    const names = lastMentions(fn.body);
    for (
      let s: FunctionValue["scope"] | undefined = scope;
      s && s.kind !== "module";
      s = s.parent
    ) {
      for (const [name, value] of s.vars) {
        if (!names.has(name)) continue;
        this.#cells.push([s.vars, name, value]);
        if (value.t === "function") this.around(value);
        else if (value.t === "object" || value.t === "array" || value.t === "extern")
          this.#holds(value);
      }
    }
  }

  #holds(value: AbstractValue, depth = 3): void {
    if (this.#left-- <= 0 || depth === 0) this.failed = true;
    if (this.failed || this.#seen.has(value)) return;
    this.#seen.add(value);
    const container =
      value.t === "object" ? value.props : value.t === "extern" ? value.members : value;
    if ((container as Container).touched) this.failed = true;
    const parts =
      value.t === "object"
        ? [...value.props.values()].map((slot) => slot.value)
        : value.t === "array"
          ? value.items
          : [];
    for (const part of parts)
      if (part.t === "function") this.around(part);
      else if (part.t === "object" || part.t === "array" || part.t === "extern")
        this.#holds(part, depth - 1);
  }
}
