/** Lambda functions: which file and export they run. */
import { basename, dirname, joinPath, withoutExtension } from "../evaluate/paths";
import type { ExternVal, Val } from "../evaluate/values";
import { sourceAt } from "../evaluate/resolve";
import type { Project } from "../project";
import type { Span } from "../span";
import { argument, callProps, classOf, externOf, isString, methodCall, toValue } from "./convert";
import type { Props } from "./convert";

/** Code that a function construct runs, or why it could not be found. */
export type FunctionCode =
  | { readonly k: "file"; readonly file: string; readonly name: string; readonly at: Span }
  | { readonly k: "inline"; readonly source: string; readonly name: string; readonly at: Span }
  | { readonly k: "unknown"; readonly because: string; readonly at: Span };

/** The code of a function construct, an alias or a version of it. */
export function functionCode(project: Project, val: Val | undefined): FunctionCode {
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

function textOf(val: Val | undefined): string | undefined {
  if (!val) return undefined;
  const value = toValue(val, isString);
  return value.kind === "known" ? value.value : undefined;
}

/** `lambda.Function({ handler: "src/app.handler", code: Code.fromAsset(dir) })` */
function plainFunction(project: Project, fn: ExternVal): FunctionCode {
  const props = callProps(fn, 2);
  const at = props.slots.get("handler")?.value.at ?? fn.at;
  const handler = text(props, "handler");
  const code = externOf(props.slots.get("code")?.value);
  const source = code && classOf(code);
  if (handler === undefined || !code || source === undefined) {
    return { k: "unknown", because: props.open ?? "the handler or its code is not a literal", at };
  }
  const argumentText = textOf(argument(code, 0, source.endsWith("Inline") ? "code" : "path"));
  if (argumentText === undefined)
    return { k: "unknown", because: "the path of the code is not known", at };
  const dot = handler.lastIndexOf(".");
  const [path, name] = [handler.slice(0, dot), handler.slice(dot + 1)];
  if (/\.(fromInline|InlineCode|inline)$/.test(source))
    return { k: "inline", source: argumentText, name, at };
  if (!/\.(fromAsset|AssetCode|asset)$/.test(source)) {
    return {
      k: "unknown",
      because: `\`${source.slice(source.lastIndexOf(".") + 1)}\` is not readable`,
      at,
    };
  }
  for (const folder of placesOf(project, fn, argumentText)) {
    const file = handlerFile(project, joinPath(folder, path));
    if (file !== undefined) return { k: "file", file, name, at };
  }
  return { k: "unknown", because: `no source for \`${handler}\` in ${argumentText}`, at };
}

/** Where a relative path may lead: from the app's folder (what CDK does), else from the file that says it. */
function placesOf(project: Project, fn: ExternVal, path: string): string[] {
  return [joinPath(project.root, path), joinPath(dirname(fn.at.file), path)];
}

/** The source behind a handler's path: as it is, from TypeScript beside it, or from `src` where `dist` is built from it. */
function handlerFile(project: Project, path: string): string | undefined {
  const direct = sourceFile(project, path);
  if (direct !== undefined) return direct;
  const source = path
    .replace(/\/(dist|build|lib|out)\//, "/src/")
    .replace(/\/(dist|build|out)\//, "/");
  return source === path ? undefined : sourceFile(project, source);
}

function sourceFile(project: Project, path: string): string | undefined {
  for (const python of [`${path}.py`, `${path.replaceAll(".", "/")}.py`])
    if (project.isFile(python)) return python;
  const found = sourceAt(project, path);
  return found?.k === "file" && withoutExtension(basename(found.file)) === basename(path)
    ? found.file
    : undefined;
}

/** `NodejsFunction`: `entry`, or the file named after the defining file and the construct's id. */
function nodejsFunction(project: Project, fn: ExternVal): FunctionCode {
  const props = callProps(fn, 2);
  const entry = props.slots.get("entry");
  const handler = props.slots.has("handler") ? text(props, "handler") : "handler";
  const at = entry?.value.at ?? fn.at;
  if (handler === undefined)
    return { k: "unknown", because: "the handler's name is not known", at };
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

function pythonFunction(project: Project, fn: ExternVal): FunctionCode {
  const props = callProps(fn, 2);
  const entry = text(props, "entry");
  const index = props.slots.has("index") ? text(props, "index") : "index.py";
  const name = props.slots.has("handler") ? text(props, "handler") : "handler";
  const at = props.slots.get("entry")?.value.at ?? fn.at;
  if (entry === undefined || index === undefined || name === undefined) {
    return { k: "unknown", because: "entry, index or handler is not known", at };
  }
  for (const folder of placesOf(project, fn, entry)) {
    const file = joinPath(folder, index);
    if (project.isFile(file))
      return { k: "file", file, name: name.slice(name.lastIndexOf(".") + 1), at };
  }
  return { k: "unknown", because: `there is no ${entry}/${index}`, at };
}

/** `DockerImageFunction({ code: DockerImageCode.fromImageAsset(dir, { cmd: ["app.handler"] }) })` */
function dockerFunction(project: Project, fn: ExternVal): FunctionCode {
  const props = callProps(fn, 2);
  const code = externOf(props.slots.get("code")?.value);
  const at = props.slots.get("code")?.value.at ?? fn.at;
  const folder = code && textOf(argument(code, 0, "directory"));
  const cmd = code && callProps(code, 1).slots.get("cmd")?.value;
  const command = cmd?.t === "array" ? textOf(cmd.items[0]) : undefined;
  if (folder === undefined || command === undefined)
    return { k: "unknown", because: "the image's command is not a literal", at };
  const dot = command.lastIndexOf(".");
  for (const place of placesOf(project, fn, folder)) {
    const file = handlerFile(project, joinPath(place, command.slice(0, dot)));
    if (file !== undefined) return { k: "file", file, name: command.slice(dot + 1), at };
  }
  return { k: "unknown", because: `no source for \`${command}\` in ${folder}`, at };
}
