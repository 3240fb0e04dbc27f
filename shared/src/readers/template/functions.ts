/** Which code a function of a template runs, and what the template gives to it. */
import { dirname, joinPath, withoutExtension, basename } from "../../base/file-paths";
import type { Language } from "../../ir/facts";
import type { Span } from "../../ir/span";
import { entriesOf, entryOf, itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeNode } from "../../ir/tree";
import { sourceOfBuilt } from "../cdk/built-source";
import type { FunctionCode } from "../cdk/functions";
import { branches } from "../../model/value";
import { commonSettings } from "../cdk/function-settings";
import type { EnvironmentText, FunctionSettings } from "../cdk/function-settings";
import { handlerFile, partsOf } from "../cdk/handler-file";
import type { HandlerParts } from "../cdk/handler-file";
import { handlerId } from "../cdk/reader";
import { onlyNode, textOf } from "./intrinsics";
import { assetFolder, assetSource } from "./assembly";
import { referredBy } from "./family";
import type { Referred } from "./family";
import { mentionsOf } from "./mentions";
import type { HandlerLink, ReadCode, TemplateReader } from "./reader";
import { samProps } from "./sam-globals";
import type { Resource, Template } from "./template";

const functionTypes = ["AWS::Lambda::Function", "AWS::Serverless::Function"];
const pointers: Readonly<Record<string, string>> = {
  "AWS::Lambda::Alias": "FunctionName",
  "AWS::Lambda::Version": "FunctionName",
};

export function isFunction({ type }: Resource): boolean {
  return functionTypes.includes(type);
}

/** The handlers of the function that a node refers to: by its id, its ARN, or within an invocation URI. */
export function linkFunction(reader: TemplateReader, node: TreeNode | undefined): HandlerLink {
  const found = functionIn(reader.template, node);
  if (!found) return { handlers: [], unlinked: "the function cannot be seen in the template" };
  const owner = reader.family?.get(found.template.file) ?? { ...reader, template: found.template };
  return linkResource(owner, found.resource);
}

/** The handler of a function of the template. */
export function linkResource(reader: TemplateReader, fn: Resource): HandlerLink {
  reader.routed.add(fn.id);
  const code = codeOf(reader, fn);
  if (code.k === "unknown") return { handlers: [], unlinked: code.because };
  note(reader, code);
  return { handlers: [handlerId(code)] };
}

function functionIn(
  template: Template,
  node: TreeNode | undefined,
  depth = 0,
): Referred | undefined {
  for (const found of referredBy(template, node)) {
    if (isFunction(found.resource)) return found;
    const pointer = pointers[found.resource.type];
    if (pointer !== undefined && depth < 5)
      return functionIn(found.template, valueAt(found.resource.props, pointer), depth + 1);
  }
  return undefined;
}

/** Of several functions that run the same code, only what all of them say is known. */
function note({ functions }: TemplateReader, code: ReadCode): void {
  const id = handlerId(code);
  const earlier = functions.get(id);
  if (code.k === "inline" || earlier?.k !== "file") return void functions.set(id, code);
  const { environment, layers, ...rest } = code;
  void [environment, layers];
  functions.set(id, { ...rest, ...commonSettings(earlier, code) });
}

/** The code of a function, or why it is not found. */
export function codeOf(reader: TemplateReader, fn: Resource): FunctionCode {
  const props = samProps(reader.template, fn);
  const at = entryOf(props, "Handler")?.value.at ?? fn.at;
  const unknown = (because: string): FunctionCode => ({ k: "unknown", because, at });
  const text = (name: string): string | undefined => constant(reader, valueAt(props, name));
  const runtime = runtimeOf(reader, valueAt(props, "Runtime"));
  const isImage = text("PackageType") === "Image" || entryOf(props, "ImageUri") !== undefined;
  if (isImage) return imageCode(reader, fn, props, at);
  const language = unreadLanguage(runtime);
  if (language !== undefined) return unknown(`handlers in ${language} are not read`);
  const handler = text("Handler");
  if (handler === undefined) return unknown("the handler's name is not known");
  const inline = valueAt(props, "InlineCode") ?? valueAt(props, "Code", "ZipFile");
  if (inline) return inlineCode(reader, inline, handler, runtime);
  const asset = assetFolder(reader.template, fn);
  const folder = asset ?? folderOf(reader, fn, props);
  if (folder === undefined) return unknown("the code lies in a bucket");
  if (asset !== undefined) {
    const source = assetSource(reader.project, asset, readingsOf(handler, runtime));
    if (!source) return unknown(`no source for \`${handler}\` was found outside the assembly`);
    return { k: "file", ...source, at, ...settingsOf(reader, props) };
  }
  const file = fileOf(reader, fn, folder, handler, runtime);
  if (!file) return unknown(`no source for \`${handler}\` in ${relativeTo(reader, folder)}`);
  return { k: "file", ...file, at, ...settingsOf(reader, props) };
}

function constant({ template }: TemplateReader, node: TreeNode | undefined): string | undefined {
  const value = node && textOf(template, node);
  return value?.kind === "known" ? value.value : undefined;
}

/** The runtime; of a parameter its default, as another version of it makes no difference. */
function runtimeOf({ template }: TemplateReader, node: TreeNode | undefined): string {
  const all = node ? branches(textOf(template, node)) : [];
  const known = all.flatMap((branch) => (branch.kind === "known" ? [branch.value] : []));
  const families = new Set(known.map((name) => /^[a-z]*/.exec(name)?.[0]));
  return families.size === 1 ? (known[0] ?? "") : "";
}

const unread: readonly (readonly [RegExp, string])[] = [
  [/^go/, "Go"],
  [/^java/, "Java"],
  [/^dotnet/, "C#"],
  [/^ruby/, "Ruby"],
  [/^provided/, "a compiled language (a custom runtime)"],
];

/** The language of a runtime whose handlers are not read; `undefined` for Node, Python and what is not known. */
export function unreadLanguage(runtime: string): string | undefined {
  return unread.find(([pattern]) => pattern.test(runtime))?.[1];
}

/** The folder of the code: `CodeUri` of SAM (the template's folder unless told otherwise), `Code` as a path. */
function folderOf(
  reader: TemplateReader,
  fn: Resource,
  props: TreeNode | undefined,
): string | undefined {
  const isSam = fn.type === "AWS::Serverless::Function";
  const node = valueAt(props, isSam ? "CodeUri" : "Code");
  const base = dirname(reader.template.file);
  if (!node) return isSam ? base : undefined;
  const path = constant(reader, node);
  if (path === undefined || /^(s3|https?):/.test(path)) return undefined;
  return joinPath(base, path.replace(/\.zip$/, ""));
}

function relativeTo({ template }: TemplateReader, folder: string): string {
  const base = dirname(template.file);
  return folder.startsWith(`${base}/`)
    ? folder.slice(base.length + 1)
    : folder === base
      ? "the template's folder"
      : basename(folder);
}

/** The file behind a handler's name: where it is, where a bundler takes it from, or what it was built of. */
function fileOf(
  { project }: TemplateReader,
  fn: Resource,
  folder: string,
  handler: string,
  runtime: string,
): { file: string; name: string } | undefined {
  const readings = readingsOf(handler, runtime);
  const roots = [folder, ...pythonWheels(runtime, folder)];
  for (const { path, name } of readings) {
    for (const root of roots) {
      const file = handlerFile(project, root, path);
      if (file !== undefined) return { file, name };
    }
    for (const entry of entryPoints(fn)) {
      if (withoutExtension(basename(entry)) !== basename(path)) continue;
      const file = handlerFile(project, folder, withoutExtension(entry));
      if (file !== undefined) return { file, name };
    }
    const built = sourceOfBuilt(project, joinPath(folder, path), name.split(".")[0] ?? name);
    if (built !== undefined) return { file: built, name };
  }
  return undefined;
}

/** How the runtime reads a handler's name; both ways where it is not known. */
function readingsOf(handler: string, runtime: string): readonly HandlerParts[] {
  const [node, python] = [partsOf(handler), partsOf(handler, "python")];
  if (runtime === "") return [node, python];
  return runtime.startsWith("python") ? [python] : [node];
}

/** A package below `src` is found from the folder that is deployed. */
function pythonWheels(runtime: string, folder: string): readonly string[] {
  return runtime.startsWith("python") ? [joinPath(folder, "src")] : [];
}

/** `Metadata.BuildProperties.EntryPoints` of `BuildMethod: esbuild` */
function entryPoints({ body }: Resource): readonly string[] {
  const points = valueAt(body, "Metadata", "BuildProperties", "EntryPoints");
  return itemsOf(points).flatMap((item) => scalarText(item) ?? []);
}

function inlineCode(
  { template }: TemplateReader,
  node: TreeNode,
  handler: string,
  runtime: string,
): FunctionCode {
  const only = onlyNode(template, node);
  const source = only?.k === "scalar" ? only : undefined;
  const { at } = node;
  if (!source) return { k: "unknown", because: "the inline code is put together", at };
  const isPython = runtime.startsWith("python");
  if (!isPython && !runtime.startsWith("nodejs"))
    return { k: "unknown", because: "the runtime of the inline code is not known", at };
  const language: Language = isPython ? "python" : "typescript";
  const { name } = partsOf(handler, isPython ? "python" : "node");
  return { k: "inline", source: String(source.value), name, language, at };
}

/** An image: `Metadata.DockerContext` with its Dockerfile, whose `CMD` or `ImageConfig.Command` is the handler. */
function imageCode(
  reader: TemplateReader,
  { body }: Resource,
  props: TreeNode | undefined,
  at: Span,
): FunctionCode {
  const { project, template } = reader;
  const context = scalarText(valueAt(body, "Metadata", "DockerContext"));
  if (context === undefined) return { k: "unknown", because: "the image lies in a registry", at };
  const folder = joinPath(dirname(template.file), context);
  const name = scalarText(valueAt(body, "Metadata", "Dockerfile")) ?? "Dockerfile";
  const [given] = itemsOf(valueAt(props, "ImageConfig", "Command"));
  const dockerfile = project.text(joinPath(folder, name)) ?? "";
  const command = scalarText(given) ?? lastCommand(dockerfile);
  if (command === undefined)
    return { k: "unknown", because: "no source for the image's command", at };
  const file = ["", ...copied(dockerfile)]
    .map((part) => joinPath(folder, part))
    .flatMap((root) => handlerFile(project, root, partsOf(command).path) ?? [])[0];
  return file === undefined
    ? { k: "unknown", because: "no source for the image's command", at }
    : { k: "file", file, name: partsOf(command).name, at, ...settingsOf(reader, props) };
}

function lastCommand(dockerfile: string): string | undefined {
  return [...dockerfile.matchAll(/^[ \t]*CMD[ \t]*\[[ \t]*"([^"\n]+)"/gim)].at(-1)?.[1];
}

function copied(dockerfile: string): readonly string[] {
  const sources = [...dockerfile.matchAll(/^[ \t]*(?:COPY|ADD)[ \t]+(?!--from)(\S+)[ \t]+\S/gim)];
  return sources.map(([, source = "."]) => {
    const path = source.replace(/\/?\*$/, "");
    return /\.\w+$/.test(path) ? dirname(path) : path;
  });
}

/** Environment variables whose text is certain, and folders of layers. */
function settingsOf(reader: TemplateReader, props: TreeNode | undefined): FunctionSettings {
  const environment: Record<string, EnvironmentText> = {};
  for (const { key, value } of entriesOf(valueAt(props, "Environment", "Variables"))) {
    const text = textOf(reader.template, value);
    if (text.kind === "known") environment[key] = { text: text.value, at: text.at };
  }
  const layers = itemsOf(valueAt(props, "Layers")).flatMap((layer) => layerFolder(reader, layer));
  return {
    ...(Object.keys(environment).length > 0 ? { environment } : {}),
    ...(layers.length > 0 ? { layers } : {}),
  };
}

function layerFolder(reader: TemplateReader, node: TreeNode): readonly string[] {
  const { template, project } = reader;
  return mentionsOf(node).flatMap((id) => {
    const layer = template.resources.get(id);
    if (!layer || !/LayerVersion$/.test(layer.type)) return [];
    const path = constant(
      reader,
      valueAt(layer.props, "ContentUri") ?? valueAt(layer.props, "Content"),
    );
    const folder = path === undefined ? undefined : joinPath(dirname(template.file), path);
    return folder !== undefined && project.isDirectory(folder) ? [folder] : [];
  });
}
