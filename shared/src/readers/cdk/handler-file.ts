/** Which file a handler's name means. */
import { basename, dirname, joinPath, withoutExtension } from "../../base/file-paths";
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import { sourceAt } from "../../interpreter/modules/resolve";
import type { Project } from "../../ir/project";
import { externOf, isString, toValue } from "../library-value";
import type { Props } from "../library-value";

export function text(props: Props, name: string): string | undefined {
  const slot = props.slots.get(name);
  return slot && textOf(slot.value);
}

export function textOf(val: AbstractValue | undefined): string | undefined {
  if (!val) return undefined;
  const texts = (val.t === "oneOf" ? val.of : [val]).map((one) => toValue(one, isString));
  const [first] = texts;
  const agree = texts.every(
    (text) => text.kind === "known" && first?.kind === "known" && text.value === first.value,
  );
  return agree && first?.kind === "known" ? first.value : undefined;
}

export interface HandlerParts {
  readonly path: string;
  readonly name: string;
}

/** How a handler's name may be read, as its runtime does first. */
export function readingsOf(handler: string, props: Props): readonly [HandlerParts, HandlerParts] {
  const [node, python] = [partsOf(handler), partsOf(handler, "python")];
  return isPython(props) ? [python, node] : [node, python];
}

/**
 * `src/app.handler`: the module's path and the function's name. Node takes what follows the first dot of the last part as
 * the name, properties of properties included (`app.v1.get`); Python's modules have dots in their place
 * (`src.app.handler`), so there the last one counts.
 */
export function partsOf(handler: string, runtime: "node" | "python" = "node"): HandlerParts {
  const slash = handler.lastIndexOf("/") + 1;
  const dot = runtime === "node" ? handler.indexOf(".", slash) : handler.lastIndexOf(".");
  return dot < 0
    ? { path: handler, name: "handler" }
    : { path: handler.slice(0, dot), name: handler.slice(dot + 1) };
}

function isPython(props: Props): boolean {
  return /\.PYTHON_/.test(externOf(props.slots.get("runtime")?.value)?.path ?? "");
}

/** Where a relative path may lead: from the app's folder (what CDK does), else from the file that says it. */
export function placesOf(project: Project, fn: ExternValue, path: string): string[] {
  return [joinPath(project.root, path), joinPath(dirname(fn.at.file), path)];
}

/** The source behind a handler's path: as it is, from TypeScript beside it, or from `src` where `dist` is built from it. */
export function handlerFile(project: Project, folder: string, path: string): string | undefined {
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
