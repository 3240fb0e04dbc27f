/** What the readers of constructs share: the program's calls, escapes, overrides, and the functions that were met. */
import { apiTraits } from "../../model/kinds";
import type { Evaluation } from "../../interpreter/core/state";
import { alternatives } from "../../interpreter/core/values";
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { Api, ApiKind } from "../../model/model";
import type { Project } from "../../ir/project";
import { argument, classOf, externOf, isString, toValue, methodCall } from "../library-value";
import type { Props } from "../library-value";
import { functionCode } from "./functions";
import type { FunctionCode } from "./functions";
import { commonSettings, functionSettings } from "./function-settings";
import { ownImports } from "./own-imports";
import { whyOverridden } from "./overrides";
import { solutionOf } from "./solutions";
import { callsOf, mayBeMissing } from "./program";
import type { Calls } from "./program";

export interface Reader {
  readonly project: Project;
  readonly run: Evaluation;
  readonly calls: Calls;
  /** Code that functions behind routes run, by the handler's id. */
  readonly functions: Map<string, Extract<FunctionCode, { k: "file" | "inline" }>>;
  readonly ids: Map<string, number>;
  /** Ids of the APIs by the library objects that make them. */
  readonly apis: Map<ExternValue, string>;
  /** The API that the application makes where the value is an import of it; else the value. */
  original(value: ExternValue): ExternValue;
  /** The calls of methods of a value, those of imports of it included. */
  callsOn(value: ExternValue): readonly ExternValue[];
  /** Why code that is not seen may have changed a construct. */
  escaped(value: ExternValue): string | undefined;
  /** Why a template property of a construct is not what its options say. */
  overridden(value: ExternValue, property: string): string | undefined;
}

export function newReader(project: Project, run: Evaluation): Reader {
  const calls = callsOf(run);
  const escapes = findEscapes(calls);
  const imports = ownImports(calls);
  return {
    project,
    run,
    calls,
    functions: new Map(),
    ids: new Map(),
    apis: new Map(),
    original: (value) => imports.get(value) ?? solutionOf(value) ?? value,
    callsOn: (value) =>
      [
        value,
        ...[...imports].flatMap(([imported, api]) => (api === value ? [imported] : [])),
      ].flatMap((one) => calls.on.get(one) ?? []),
    escaped: (value) => escapes.get(value),
    overridden: (value, property) => whyOverridden(run, value, property),
  };
}

/** Calls that add nothing to constructs which they are given; cdk-nag notes reasons. */
const changesNothing = /^(cdk|constructs|global:|npm:cdk-nag\b|py:cdk_nag\b)/;

/** Objects that were handed to libraries other than CDK, which may add routes or gateway responses. */
function findEscapes(calls: Calls): Map<ExternValue, string> {
  const escapes = new Map<ExternValue, string>();
  for (const call of calls.all) {
    if (call.made.by !== "call" || changesNothing.test(call.path)) continue;
    const { args } = call.made;
    const given = [...args.positional, ...[...args.named.values()].map((slot) => slot.value)];
    for (const val of given) {
      const inner =
        val.t === "object" && !val.base ? [...val.props.values()].map((slot) => slot.value) : [val];
      for (const part of inner) {
        const extern = externOf(part);
        if (extern) escapes.set(extern, `\`${call.made.callee.path}\` was given it`);
      }
    }
  }
  return escapes;
}

/** The parts of an API that every kind has, with nothing said yet. */
export function apiBase(
  reader: Reader,
  value: ExternValue,
  kind: ApiKind,
  props: Props,
): Omit<Api, "cors" | "routes" | "routesComplete"> {
  const cls = classOf(value) ?? value.path;
  const id = argument(value, 1, "id");
  const name = id && toValue(id, isString);
  const variable = value.name;
  const fresh = freshId(reader, `${value.at.file}#${name?.kind === "known" ? name.value : cls}`);
  reader.apis.set(value, fresh);
  return {
    id: fresh,
    kind,
    construct: cls.slice(cls.lastIndexOf(".") + 1),
    name: name?.kind === "known" ? name.value : (variable ?? cls),
    language: value.language,
    at: value.at,
    call: value.made.by === "call" ? value.made.args.at : value.at,
    ...(value.statement ? { statement: value.statement } : {}),
    ...(variable === undefined ? {} : { variable }),
    ...(props.block ? { props: props.block } : {}),
    gatewayResponses: [],
    gatewayResponsesComplete: !apiTraits[kind].gatewayResponses,
    behaviors: [],
    ignoredOptions: [],
  };
}

/** The same of an API that a construct of a package makes: code cannot tell it what it tells an API of its own. */
export function packagedBase(
  reader: Reader,
  value: ExternValue,
  kind: ApiKind,
): ReturnType<typeof apiBase> {
  const { statement, variable, props, ...base } = apiBase(reader, value, kind, {
    slots: new Map(),
    at: value.at,
  });
  void [statement, variable, props];
  return { ...base, packaged: true };
}

/** Ids of constructs that were made several times get a number. */
export function freshId(reader: Reader, id: string): string {
  const count = (reader.ids.get(id) ?? 0) + 1;
  reader.ids.set(id, count);
  return count === 1 ? id : `${id}~${count}`;
}

/** Marks what may be left out although its owner (the object that a method is called on) is there. */
export function conditionalMark(
  reader: Reader,
  value: ExternValue,
  owner = methodCall(value)?.on,
): { conditional?: true } {
  return mayBeMissing(reader.calls, value, owner) ? { conditional: true } : {};
}

/** Notes the function behind a route, each of those that it may be, and gives the handlers' ids, or why there are none. */
export function linkHandler(
  reader: Reader,
  val: AbstractValue | undefined,
): { handlers: readonly string[]; unlinked?: string } {
  const all = (val ? alternatives(val) : [val]).filter((one) => !one || !isLookup(one));
  const codes = all.map((one) => codeWithSettings(reader, one));
  const found = codes.filter((code) => code.k !== "unknown");
  const unseen = codes.find((code) => code.k === "unknown");
  for (const code of found) note(reader, code);
  const handlers = [...new Set(found.map(handlerId))];
  if (found.length > 0 && !unseen) return { handlers };
  return { handlers, unlinked: unseen?.because ?? "the function cannot be seen" };
}

/** The same for code that was found otherwise than by a function construct. */
export function linkCode(reader: Reader, code: FunctionCode): ReturnType<typeof linkHandler> {
  if (code.k === "unknown") return { handlers: [], unlinked: code.because };
  note(reader, code);
  return { handlers: [handlerId(code)] };
}

/** `stack.node.tryFindChild(id)`: what is found was made by another way through the same code; nothing was not. */
function isLookup(val: AbstractValue): boolean {
  if (val.t === "const") return true;
  const name = val.t === "extern" ? methodCall(val)?.name : undefined;
  return name === "tryFindChild" || name === "findChild";
}

function codeWithSettings(reader: Reader, val: AbstractValue | undefined): FunctionCode {
  const code = functionCode(reader.project, val);
  if (code.k !== "file") return code;
  return { ...code, ...functionSettings(reader.project, reader.calls, val) };
}

/** Of several functions that run the same code, only what all of them say is known. */
function note(reader: Reader, code: Extract<FunctionCode, { k: "file" | "inline" }>): void {
  const id = handlerId(code);
  const earlier = reader.functions.get(id);
  if (code.k === "inline" || earlier?.k !== "file") {
    reader.functions.set(id, code);
    return;
  }
  const { environment, layers, ...rest } = code;
  void [environment, layers];
  reader.functions.set(id, { ...rest, ...commonSettings(earlier, code) });
}

export function handlerId(code: Extract<FunctionCode, { k: "file" | "inline" }>): string {
  return code.k === "file"
    ? `${code.file}#${code.name}`
    : `${code.at.file}@${code.at.start}#${code.name}`;
}
