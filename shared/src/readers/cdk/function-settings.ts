/** What a function construct gives to its code besides the code: environment variables and layers. */
import type { AbstractValue, ExternValue } from "../../interpreter/core/values";
import type { Project } from "../../ir/project";
import type { Span } from "../../ir/span";
import {
  argument,
  callProps,
  classOf,
  externOf,
  isString,
  methodCall,
  toValue,
} from "../library-value";
import { placesOf, textOf } from "./handler-file";
import type { Calls } from "./program";

/** A text that the stack gives to a variable, and where it is written. */
export interface EnvironmentText {
  readonly text: string;
  readonly at: Span;
}

/** The variables of which the value is known for certain. */
export type Environment = Readonly<Record<string, EnvironmentText>>;

export interface FunctionSettings {
  readonly environment?: Environment;
  /** Folders of layers, absolute. */
  readonly layers?: readonly string[];
}

/** The settings of a function, with what `addEnvironment` and `addLayers` add. */
export function functionSettings(
  project: Project,
  calls: Calls,
  value: AbstractValue | undefined,
): FunctionSettings {
  const fn = externOf(value);
  if (!fn || !/Function$/.test(classOf(fn) ?? "")) return {};
  const added = (calls.on.get(fn) ?? []).filter((call) => methodCall(call) !== undefined);
  const environment = environmentOf(fn, added, calls);
  const layers = layersOf(project, fn, added);
  return {
    ...(Object.keys(environment).length > 0 ? { environment } : {}),
    ...(layers.length > 0 ? { layers } : {}),
  };
}

/** Two functions may run the same code: only what both say is known of it. */
export function commonSettings(a: FunctionSettings, b: FunctionSettings): FunctionSettings {
  const environment = Object.fromEntries(
    Object.entries(a.environment ?? {}).filter(
      ([name, { text }]) => b.environment?.[name]?.text === text,
    ),
  );
  const layers = [...new Set([...(a.layers ?? []), ...(b.layers ?? [])])];
  return {
    ...(Object.keys(environment).length > 0 ? { environment } : {}),
    ...(layers.length > 0 ? { layers } : {}),
  };
}

function environmentOf(fn: ExternValue, added: readonly ExternValue[], calls: Calls): Environment {
  const found = new Map<string, EnvironmentText>();
  const set = (name: string, value: AbstractValue | undefined): void => {
    const text = value && toValue(value, isString);
    if (text?.kind === "known") found.set(name, { text: text.value, at: text.at });
    else found.delete(name);
  };
  const given = callProps(fn, 2).slots.get("environment")?.value;
  // An object that code not seen may have changed says nothing for certain.
  if (given?.t === "object" && given.open === undefined)
    for (const [name, slot] of given.props) if (slot.maybe !== true) set(name, slot.value);
  for (const call of added) {
    if (methodCall(call)?.name !== "addEnvironment") continue;
    const key = argument(call, 0, "key");
    const name = key && toValue(key, isString);
    if (name?.kind !== "known") return {};
    set(name.value, calls.conditional.has(call) ? undefined : argument(call, 1, "value"));
  }
  return Object.fromEntries(found);
}

function layersOf(
  project: Project,
  fn: ExternValue,
  added: readonly ExternValue[],
): readonly string[] {
  const given = callProps(fn, 2).slots.get("layers")?.value;
  const late = added
    .filter((call) => methodCall(call)?.name === "addLayers")
    .flatMap((call) => (call.made.by === "call" ? call.made.args.positional : []));
  const all = [...(given?.t === "array" ? given.items : []), ...late];
  return [...new Set(all.flatMap((layer) => folderOf(project, layer)))];
}

/** `new LayerVersion(…, { code: Code.fromAsset("layers/common") })`, `PythonLayerVersion(…, entry="…")` */
function folderOf(project: Project, value: AbstractValue): readonly string[] {
  const layer = externOf(value.t === "maybe" ? value.of : value);
  if (!layer || !/LayerVersion$/.test(classOf(layer) ?? "")) return [];
  const { slots } = callProps(layer, 2);
  const code = externOf(slots.get("code")?.value);
  const path = code ? argument(code, 0, "path") : slots.get("entry")?.value;
  const text = textOf(path);
  if (text === undefined) return [];
  const folder = placesOf(project, layer, text).find((place) => project.isDirectory(place));
  return folder === undefined ? [] : [folder];
}

/** The project as the code of a function with these layers sees it: Lambda unpacks layers below `/opt`. */
export function withLayers(project: Project, layers: readonly string[]): Project {
  if (layers.length === 0) return project;
  const packages = (name: string): string | undefined =>
    layers
      .map((layer) => `${layer}/nodejs/node_modules/${name}`)
      .find((folder) => project.isDirectory(folder));
  const { cdkVersion, endpoints } = project;
  return {
    root: project.root,
    candidates: project.candidates,
    facts: (file) => project.facts(file),
    text: (file) => project.text(file),
    isFile: (path) => project.isFile(path),
    isDirectory: (path) => project.isDirectory(path),
    json: (path) => project.json(path),
    pythonRoots: (file) => [
      ...project.pythonRoots(file),
      ...layers.flatMap((layer) => [`${layer}/python`, layer]),
    ],
    tsPaths: (file) => [
      { pattern: "/opt/*", targets: layers.map((layer) => `${layer}/*`) },
      { pattern: "/opt/nodejs/*", targets: layers.map((layer) => `${layer}/*`) },
      ...project.tsPaths(file),
    ],
    workspacePackage: (name) => packages(name) ?? project.workspacePackage(name),
    inline: (...given) => project.inline?.(...given),
    ...(cdkVersion === undefined ? {} : { cdkVersion }),
    ...(endpoints === undefined ? {} : { endpoints }),
  };
}
