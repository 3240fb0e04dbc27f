/** Functions whose code lies in an image, or is an application behind the Lambda Web Adapter. */
import { dirname, joinPath } from "../../base/file-paths";
import type { ExternValue } from "../../interpreter/core/values";
import type { Project } from "../../ir/project";
import type { Span } from "../../ir/span";
import { argument, callProps, classOf, externOf } from "../library-value";
import type { Props } from "../library-value";
import { appOfImage, appOfScript } from "./web-command";
import type { WebApp } from "./web-command";
import { placesOf, handlerFile, partsOf, textOf } from "./handler-file";
import type { FunctionCode } from "./functions";

/** `DockerImageFunction({ code: DockerImageCode.fromImageAsset(dir, { cmd: ["app.handler"] }) })` */
export function dockerFunction(project: Project, fn: ExternValue): FunctionCode {
  const slot = callProps(fn, 2).slots.get("code");
  const at = slot?.value.at ?? fn.at;
  const code = externOf(slot?.value);
  return code
    ? imageCode(project, fn, code, at)
    : { k: "unknown", because: "the image cannot be seen", at };
}

/** An image's handler: the `cmd` option, else the last `CMD` of its Dockerfile. */
export function imageCode(
  project: Project,
  fn: ExternValue,
  code: ExternValue,
  at: Span,
): FunctionCode {
  const options = callProps(code, 1).slots;
  const cmd = options.get("cmd")?.value;
  const stored = isFromRepository(code);
  const folder = textOf(argument(code, 0, "directory"));
  if (!stored && folder === undefined)
    return { k: "unknown", because: "the image's folder is not known", at };
  const places = stored ? imageFolders(project) : placesOf(project, fn, folder ?? "");
  if (stored && places.length !== 1)
    return {
      k: "unknown",
      because: "which Dockerfile makes the repository's image is not known",
      at,
    };
  for (const place of places) {
    const dockerfile =
      project.text(joinPath(place, textOf(options.get("file")?.value) ?? "Dockerfile")) ?? "";
    const app = cmd === undefined ? appOfImage(project, place, dockerfile) : undefined;
    const found = app && sourceOfApp(project, dockerfile, place, app, at);
    if (found) return found;
    const command = cmd?.t === "array" ? textOf(cmd.items[0]) : lastCommand(dockerfile);
    if (command === undefined) continue;
    for (const { path, name } of [partsOf(command), partsOf(command, "python")])
      for (const source of foldersOf(dockerfile, place)) {
        const file = handlerFile(project, source, path);
        if (file !== undefined) return { k: "file", file, name, at };
      }
  }
  return { k: "unknown", because: "no source for the image's command", at };
}

/** `Code.fromEcrImage(repository)`, `DockerImageCode.fromEcr(repository)` */
function isFromRepository(code: ExternValue): boolean {
  return /\.(fromEcrImage|fromEcr|EcrImageCode)$/.test(classOf(code) ?? "");
}

/** Folders with a Dockerfile that makes a Lambda function: it has a handler as its command. */
function imageFolders(project: Project): string[] {
  const folders = new Set((project.sources ?? project.candidates).map(dirname));
  return [...folders].filter((folder) => {
    const dockerfile = `${folder}/Dockerfile`;
    if (!project.isFile(dockerfile)) return false;
    return /^[\w./-]+\.\w+$/.test(lastCommand(project.text(dockerfile) ?? "") ?? "");
  });
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
export function behindAdapter(props: Props): boolean {
  const environment = props.slots.get("environment")?.value;
  const wrapper = environment?.t === "object" && environment.props.get("AWS_LAMBDA_EXEC_WRAPPER");
  return wrapper !== undefined && wrapper !== false && textOf(wrapper.value) === "/opt/bootstrap";
}

/** The application that the script starts which is given as the handler. */
export function zippedApp(
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
