/** Lambda functions: which file and export they run. */
import { basename, dirname, joinPath, withoutExtension } from "../../base/file-paths";
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import { sourceAt } from "../../interpreter/modules/resolve";
import type { Language } from "../../ir/facts";
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
import type { Props } from "../library-value";
import { appOfImage, appOfScript } from "./web-command";
import type { WebApp } from "./web-command";

/** Code that a function construct runs, or why it could not be found. */
export type FunctionCode =
  | {
      readonly k: "file";
      readonly file: string;
      readonly name: string;
      readonly at: Span;
      /** The name is that of a web application behind the Lambda Web Adapter, or of none where it has another. */
      readonly web?: true;
    }
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
  return {
    k: "unknown",
    because: `\`${fn.path}\` is not a function with readable code`,
    at: fn.at,
  };
}

const nowhere: Span = { file: "", start: 0, end: 0 };

function text(props: Props, name: string): string | undefined {
  const slot = props.slots.get(name);
  return slot && textOf(slot.value);
}

function textOf(val: AbstractValue | undefined): string | undefined {
  if (!val) return undefined;
  const texts = (val.t === "oneOf" ? val.of : [val]).map((one) => toValue(one, isString));
  const [first] = texts;
  const agree = texts.every(
    (text) => text.kind === "known" && first?.kind === "known" && text.value === first.value,
  );
  return agree && first?.kind === "known" ? first.value : undefined;
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
  if (handler === undefined || !code || source === undefined) {
    return { k: "unknown", because: props.open ?? "the handler or its code is not a literal", at };
  }
  const given = argument(code, 0, source.endsWith("nline") ? "code" : "path");
  const argumentText = textOf(given);
  if (/\.fromAssetImage$/.test(source)) return imageCode(project, fn, code, at);
  if (argumentText === undefined || !given)
    return { k: "unknown", because: "the path of the code is not known", at };
  const web = behindAdapter(props) ? zippedApp(project, fn, argumentText, handler, at) : undefined;
  if (web) return web;
  const { path, name } = partsOf(handler);
  if (/\.(fromInline|InlineCode|inline)$/.test(source))
    return inlineCode(props, given, argumentText, name);
  if (!/\.(fromAsset|AssetCode|asset)$/.test(source)) {
    return {
      k: "unknown",
      because: `\`${source.slice(source.lastIndexOf(".") + 1)}\` is not readable`,
      at,
    };
  }
  for (const folder of placesOf(project, fn, argumentText)) {
    const file = handlerFile(project, folder, path);
    if (file !== undefined) return { k: "file", file, name, at };
  }
  return { k: "unknown", because: `no source for \`${handler}\` in ${argumentText}`, at };
}

/** `src/app.handler`: the module's path and the function's name. */
function partsOf(handler: string): { path: string; name: string } {
  const dot = handler.lastIndexOf(".");
  return { path: handler.slice(0, dot), name: handler.slice(dot + 1) };
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

/** Where a relative path may lead: from the app's folder (what CDK does), else from the file that says it. */
function placesOf(project: Project, fn: ExternValue, path: string): string[] {
  return [joinPath(project.root, path), joinPath(dirname(fn.at.file), path)];
}

/** The source behind a handler's path: as it is, from TypeScript beside it, or from `src` where `dist` is built from it. */
function handlerFile(project: Project, folder: string, path: string): string | undefined {
  const built = joinPath(folder, path);
  const unbuilt = built.replace(/\/(dist|build|lib|out|\.build)\//, "/src/");
  const flat = built.replace(/\/(?:(dist|build|out)([-_.][\w-]+)?|\.build)\//, "/");
  // A bundler makes `orders/index.js` of `orders.ts`.
  const bundled = [unbuilt, flat]
    .filter((one) => one !== built)
    .map((one) => one.replace(/\/index$/, ""));
  const python = joinPath(folder, path.replaceAll(".", "/"));
  for (const candidate of new Set([built, python, unbuilt, flat, ...bundled])) {
    const file = sourceFile(project, candidate);
    if (file !== undefined) return file;
  }
  return undefined;
}

function sourceFile(project: Project, path: string): string | undefined {
  if (project.isFile(`${path}.py`)) return `${path}.py`;
  const found = sourceAt(project, path);
  if (found?.k !== "file") return undefined;
  const name = withoutExtension(basename(found.file));
  return name === basename(path) || name === "index" ? found.file : undefined;
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
  const name = handler.slice(handler.lastIndexOf(".") + 1);
  if (entry) {
    const path = textOf(entry.value);
    if (path === undefined) return { k: "unknown", because: "the entry is not known", at };
    for (const place of placesOf(project, fn, path)) {
      const found = sourceAt(project, place);
      if (found?.k === "file") return { k: "file", file: found.file, name, at };
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

/** `DockerImageFunction({ code: DockerImageCode.fromImageAsset(dir, { cmd: ["app.handler"] }) })` */
function dockerFunction(project: Project, fn: ExternValue): FunctionCode {
  const slot = callProps(fn, 2).slots.get("code");
  const at = slot?.value.at ?? fn.at;
  const code = externOf(slot?.value);
  return code
    ? imageCode(project, fn, code, at)
    : { k: "unknown", because: "the image cannot be seen", at };
}

/** An image's handler: the `cmd` option, else the last `CMD` of its Dockerfile. */
function imageCode(project: Project, fn: ExternValue, code: ExternValue, at: Span): FunctionCode {
  const folder = textOf(argument(code, 0, "directory"));
  if (folder === undefined) return { k: "unknown", because: "the image's folder is not known", at };
  const options = callProps(code, 1).slots;
  const cmd = options.get("cmd")?.value;
  for (const place of placesOf(project, fn, folder)) {
    const dockerfile =
      project.text(joinPath(place, textOf(options.get("file")?.value) ?? "Dockerfile")) ?? "";
    const app = cmd === undefined ? appOfImage(project, place, dockerfile) : undefined;
    const found = app && sourceOfApp(project, dockerfile, place, app, at);
    if (found) return found;
    const command = cmd?.t === "array" ? textOf(cmd.items[0]) : lastCommand(dockerfile);
    if (command === undefined) continue;
    const { path, name } = partsOf(command);
    for (const source of foldersOf(dockerfile, place)) {
      const file = handlerFile(project, source, path);
      if (file !== undefined) return { k: "file", file, name, at };
    }
  }
  return { k: "unknown", because: "no source for the image's command", at };
}

/** The image's folders, as far as the Dockerfile takes its files from them. */
function foldersOf(dockerfile: string, place: string): string[] {
  return [place, ...copiedFolders(dockerfile).map((part) => joinPath(place, part))];
}

function sourceOfApp(
  project: Project,
  dockerfile: string,
  place: string,
  { path, name }: WebApp,
  at: Span,
): FunctionCode | undefined {
  for (const folder of foldersOf(dockerfile, place)) {
    const file = handlerFile(project, folder, path);
    if (file !== undefined) return { k: "file", file, name, at, web: true };
  }
  return undefined;
}

/** The layer's wrapper starts a web server in place of the handler. */
function behindAdapter(props: Props): boolean {
  const environment = props.slots.get("environment")?.value;
  const wrapper = environment?.t === "object" && environment.props.get("AWS_LAMBDA_EXEC_WRAPPER");
  return wrapper !== undefined && wrapper !== false && textOf(wrapper.value) === "/opt/bootstrap";
}

/** The application that the script starts which is given as the handler. */
function zippedApp(
  project: Project,
  fn: ExternValue,
  path: string,
  script: string,
  at: Span,
): FunctionCode | undefined {
  for (const folder of placesOf(project, fn, path)) {
    const text = project.text(joinPath(folder, script));
    const app = text === undefined ? undefined : appOfScript(project, folder, text);
    const found = app && sourceOfApp(project, "", folder, app, at);
    if (found) return found;
  }
  return undefined;
}

/** `CMD ["app.handler"]` */
function lastCommand(dockerfile: string): string | undefined {
  const commands = [...dockerfile.matchAll(/^[ \t]*CMD[ \t]*\[[ \t]*"([^"\n]+)"/gim)];
  return commands.at(-1)?.[1];
}

/** Folders from which `COPY` takes files. */
function copiedFolders(dockerfile: string): string[] {
  return [...dockerfile.matchAll(/^[ \t]*(?:COPY|ADD)[ \t]+(?!--from)(\S+)[ \t]+\S/gim)].map(
    ([, source = "."]) => {
      const path = source.replace(/\/?\*$/, "");
      return /\.\w+$/.test(path) ? dirname(path) : path;
    },
  );
}
