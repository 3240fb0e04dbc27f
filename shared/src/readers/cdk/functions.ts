/** Lambda functions: which file and export they run. */
import { joinPath, withoutExtension } from "../../base/file-paths";
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import { sourceAt } from "../../interpreter/modules/resolve";
import type { Language } from "../../ir/facts";
import type { Project } from "../../ir/project";
import type { Span } from "../../ir/span";
import { argument, callProps, classOf, externOf, methodCall } from "../library-value";
import type { Props } from "../library-value";
import { amplifyFunction } from "./amplify";
import type { FunctionSettings } from "./function-settings";
import { sourceOfBuilt } from "./built-source";
import { isSolution, functionProps } from "./solutions";
import type { HandlerParts } from "./handler-file";
import { placesOf, handlerFile, partsOf, readingsOf, textOf, text } from "./handler-file";
import { dockerFunction, imageCode, behindAdapter, zippedApp } from "./function-images";

/** Code that a function construct runs, or why it could not be found. */
export type FunctionCode =
  | ({
      readonly k: "file";
      readonly file: string;
      readonly name: string;
      readonly at: Span;
      /** The name is that of a web application behind the Lambda Web Adapter, or of none where it has another. */
      readonly web?: true;
    } & FunctionSettings)
  | {
      readonly k: "inline";
      readonly source: string;
      readonly name: string;
      readonly language: Language;
      /** The text that holds the code. */
      readonly at: Span;
    }
  | { readonly k: "unknown"; readonly because: string; readonly at: Span };

/** The code of a function construct, an alias or a version of it. */
export function functionCode(project: Project, val: AbstractValue | undefined): FunctionCode {
  const fn = externOf(val);
  if (!fn)
    return {
      k: "unknown",
      because: val?.t === "unknown" ? val.because : "the function cannot be seen",
      at: val?.at ?? nowhere,
    };
  const cls = classOf(fn) ?? "";
  if (/\.(Alias|Version)$/.test(cls)) {
    const props = callProps(fn, 2);
    return functionCode(
      project,
      props.slots.get("version")?.value ?? props.slots.get("lambda")?.value,
    );
  }
  const method = methodCall(fn);
  if (method && /^(addAlias|latestVersion|currentVersion)$/.test(method.name))
    return functionCode(project, method.on);
  if (fn.made.by === "member" && /^(currentVersion|latestVersion)$/.test(fn.made.name))
    return functionCode(project, fn.made.of);
  if (/\.NodejsFunction$/.test(cls)) return nodejsFunction(project, fn);
  if (/\.PythonFunction$/.test(cls)) return pythonFunction(project, fn);
  if (/aws_lambda\.(Function|SingletonFunction)$/.test(cls)) return plainFunction(project, fn);
  if (/\.DockerImageFunction$/.test(cls)) return dockerFunction(project, fn);
  const ofBackend = amplifyFunction(project, fn);
  if (ofBackend) return ofBackend;
  if (isSolution(fn)) return solutionFunction(project, fn);
  const language = /aws-lambda-go|\.GoFunction$/.test(cls)
    ? "Go"
    : /\.RustFunction$|cargo-lambda/.test(cls)
      ? "Rust"
      : undefined;
  return {
    k: "unknown",
    because:
      language === undefined
        ? `\`${fn.path}\` is not a function with readable code`
        : `handlers in ${language} are not read`,
    at: fn.at,
  };
}

const nowhere: Span = { file: "", start: 0, end: 0 };

/** The function that a Solutions Construct makes, or is given. */
function solutionFunction(project: Project, construct: ExternValue): FunctionCode {
  const { existing, props } = functionProps(construct);
  if (existing) return functionCode(project, existing);
  return props
    ? plainFunction(project, construct, props)
    : {
        k: "unknown",
        because: "the construct's function cannot be seen",
        at: construct.at,
      };
}

/** `lambda.Function({ handler: "src/app.handler", code: Code.fromAsset(dir) })`; of several the first that is there. */
function plainFunction(
  project: Project,
  fn: ExternValue,
  props = callProps(fn, 2),
  handler = text(props, "handler"),
): FunctionCode {
  const asset = props.slots.get("code")?.value;
  let found = codeOf(project, fn, props, handler, asset);
  for (const one of asset?.t === "oneOf" ? asset.of : [])
    if (found.k === "unknown") found = codeOf(project, fn, props, handler, one);
  return found;
}

function codeOf(
  project: Project,
  fn: ExternValue,
  props: Props,
  handler: string | undefined,
  asset: AbstractValue | undefined,
): FunctionCode {
  const at = props.slots.get("handler")?.value.at ?? fn.at;
  const code = externOf(asset);
  const source = code && classOf(code);
  if (code && /\.(fromAssetImage|fromEcrImage|EcrImageCode)$/.test(source ?? ""))
    return imageCode(project, fn, code, at);
  if (handler === undefined || !code || source === undefined) {
    return { k: "unknown", because: props.open ?? "the handler or its code is not a literal", at };
  }
  if (/\.(fromBucket|fromBucketV2|bucket|S3Code|S3CodeV2)$/.test(source))
    return uploadedCode(project, props, handler, { code, at });
  const given = argument(code, 0, source.endsWith("nline") ? "code" : "path");
  const argumentText = textOf(given);
  if (argumentText === undefined || !given)
    return { k: "unknown", because: "the path of the code is not known", at };
  const web = behindAdapter(props) ? zippedApp(project, fn, argumentText, handler, at) : undefined;
  if (web) return web;
  const readings = readingsOf(handler, props);
  const { name } = readings[0];
  if (/\.(fromInline|InlineCode|inline)$/.test(source))
    return inlineCode(props, given, argumentText, name);
  if (!/\.(fromAsset|AssetCode|asset)$/.test(source)) {
    return {
      k: "unknown",
      because: `\`${source.slice(source.lastIndexOf(".") + 1)}\` is not readable`,
      at,
    };
  }
  const folders = placesOf(project, fn, argumentText.replace(/\.zip$/, ""));
  const found = firstFile(folders, readings, (folder, { path }) =>
    handlerFile(project, folder, path),
  );
  if (found) return { k: "file", ...found, at };
  const language = unreadLanguage(props);
  if (language !== undefined)
    return { k: "unknown", because: `handlers in ${language} are not read`, at };
  const built = builtFile(project, folders, readings);
  if (built) return { k: "file", ...built, at };
  return { k: "unknown", because: `no source for \`${handler}\` in ${argumentText}`, at };
}

/** `Code.fromBucket(bucket, "orders.zip")`: a build puts it there, of sources that the key and the module may be named after. */
function uploadedCode(
  project: Project,
  props: Props,
  handler: string,
  { code, at }: { readonly code: ExternValue; readonly at: Span },
): FunctionCode {
  const key = textOf(argument(code, 1, "key")) ?? "";
  const folder = joinPath(project.root, key.replace(/\.\w+$/, ""));
  const built = builtFile(project, [folder], readingsOf(handler, props));
  if (built) return { k: "file", ...built, at };
  const language = unreadLanguage(props);
  const because =
    language === undefined
      ? `no source for \`${handler}\`, which is uploaded to a bucket`
      : `handlers in ${language} are not read`;
  return { k: "unknown", because, at };
}

function builtFile(
  project: Project,
  folders: readonly string[],
  readings: readonly HandlerParts[],
): ReturnType<typeof firstFile> {
  return firstFile(folders, readings, (folder, part) =>
    sourceOfBuilt(
      project,
      joinPath(folder, modulePath(part)),
      part.name.split(".")[0] ?? part.name,
    ),
  );
}

/** Python's modules have dots where files have folders: `service.orders.get`. */
function modulePath({ path }: HandlerParts): string {
  const last = path.lastIndexOf("/") + 1;
  return path.slice(0, last) + path.slice(last).replaceAll(/(?<=\w)\.(?=\w)/g, "/");
}

function firstFile(
  folders: readonly string[],
  readings: readonly HandlerParts[],
  fileOf: (folder: string, parts: HandlerParts) => string | undefined,
): { file: string; name: string } | undefined {
  for (const parts of readings) {
    for (const folder of folders) {
      const file = fileOf(folder, parts);
      if (file !== undefined) return { file, name: parts.name };
    }
  }
  return undefined;
}

const unreadLanguages: readonly (readonly [RegExp, string])[] = [
  [/\.GO_1_X$/, "Go"],
  [/\.JAVA_/, "Java"],
  [/\.DOTNET_/, "C#"],
  [/\.RUBY_/, "Ruby"],
  [/\.(PROVIDED|PROVIDED_AL2|PROVIDED_AL2023)$/, "a compiled language (a custom runtime)"],
];

/** The language of a runtime whose handlers are not read; `undefined` for Node, Python and what is not known. */
function unreadLanguage(props: Props): string | undefined {
  const runtime = externOf(props.slots.get("runtime")?.value)?.path ?? "";
  return unreadLanguages.find(([pattern]) => pattern.test(runtime))?.[1];
}

/** Code in a text; the runtime says in which language. */
function inlineCode(
  props: Props,
  given: AbstractValue,
  source: string,
  name: string,
): FunctionCode {
  const runtime = externOf(props.slots.get("runtime")?.value)?.path ?? "";
  const found = /\.(NODEJS|PYTHON)/.exec(runtime)?.[1];
  if (found === undefined)
    return { k: "unknown", because: "the runtime of the inline code is not known", at: given.at };
  const language: Language = found === "PYTHON" ? "python" : "typescript";
  return { k: "inline", source, name, language, at: given.at };
}

/** `NodejsFunction`: `code` in place of a bundle, `entry`, or the file named after the defining file and the construct's id. */
function nodejsFunction(project: Project, fn: ExternValue): FunctionCode {
  const props = callProps(fn, 2);
  const entry = props.slots.get("entry");
  const handler = props.slots.has("handler") ? text(props, "handler") : "handler";
  const at = entry?.value.at ?? fn.at;
  if (handler === undefined)
    return { k: "unknown", because: "the handler's name is not known", at };
  if (props.slots.has("code"))
    return plainFunction(project, fn, props, handler.includes(".") ? handler : `index.${handler}`);
  const { name } = handler.includes(".") ? partsOf(handler) : { name: handler };
  if (entry) {
    const path = textOf(entry.value);
    if (path === undefined) return { k: "unknown", because: "the entry is not known", at };
    for (const place of placesOf(project, fn, path)) {
      const found = sourceAt(project, place);
      if (found?.k === "file") return { k: "file", file: found.file, name, at };
    }
    for (const place of placesOf(project, fn, path)) {
      const file = sourceOfBuilt(project, withoutExtension(place), name.split(".")[0] ?? name);
      if (file !== undefined) return { k: "file", file, name, at };
    }
    return { k: "unknown", because: `there is no ${path}`, at };
  }
  const id = textOf(argument(fn, 1, "id"));
  if (id === undefined || props.open !== undefined)
    return { k: "unknown", because: "no entry, and the id is not known", at };
  const found = sourceAt(project, `${withoutExtension(fn.at.file)}.${id}`);
  return found?.k === "file"
    ? { k: "file", file: found.file, name, at }
    : { k: "unknown", because: "no entry, and no file is named after the id", at };
}

function pythonFunction(project: Project, fn: ExternValue): FunctionCode {
  const props = callProps(fn, 2);
  const entry = text(props, "entry");
  const index = props.slots.has("index") ? text(props, "index") : "index.py";
  const name = props.slots.has("handler") ? text(props, "handler") : "handler";
  const at = props.slots.get("entry")?.value.at ?? fn.at;
  if (entry === undefined || index === undefined || name === undefined) {
    return { k: "unknown", because: "entry, index or handler is not known", at };
  }
  const web = behindAdapter(props) ? zippedApp(project, fn, entry, "run.sh", at) : undefined;
  if (web) return web;
  for (const folder of placesOf(project, fn, entry)) {
    const file = joinPath(folder, index);
    if (project.isFile(file))
      return { k: "file", file, name: name.slice(name.lastIndexOf(".") + 1), at };
  }
  return { k: "unknown", because: `there is no ${entry}/${index}`, at };
}
