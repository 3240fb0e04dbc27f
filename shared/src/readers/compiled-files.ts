/** Files that the TypeScript compiler has written: they are part of an application only where something imports them. */
import { memoizeByIdentity } from "../base/memoize";
import type { FileFacts, Stmt } from "../ir/facts";
import type { Project } from "../ir/project";

/** Whether a file is the compiler's CommonJS output: it marks its exports with `__esModule`. */
export function isCompiled(project: Project, file: string): boolean {
  if (!/\.[cm]?js$/.test(file)) return false;
  const facts = project.facts(file);
  return facts !== undefined && isMarked(facts);
}

/** Asked at each linking, so worked out once for each text. */
const isMarked = memoizeByIdentity(({ body }: FileFacts) => body.some(marksModule));

/** `Object.defineProperty(exports, "__esModule", { value: true })` */
function marksModule(stmt: Stmt): boolean {
  if (stmt.k !== "expr" || stmt.expr.k !== "call") return false;
  const { callee, args } = stmt.expr;
  const [, key] = args;
  return (
    callee.k === "member" &&
    callee.name === "defineProperty" &&
    key?.value.k === "lit" &&
    key.value.value === "__esModule"
  );
}

/** Whether `app` of `cdk.json` names the file, with or without its extension. */
export function isEntry(project: Project, file: string): boolean {
  const config = project.json(`${project.root}/cdk.json`);
  const app =
    typeof config === "object" && config !== null && "app" in config ? config.app : undefined;
  if (typeof app !== "string" || !file.startsWith(`${project.root}/`)) return false;
  const path = file.slice(project.root.length + 1);
  return app
    .split(/\s+/)
    .map((word) => word.replace(/^["']|["']$/g, "").replace(/^\.\//, ""))
    .some((word) => word === path || word === path.replace(/\.[cm]?js$/, ""));
}
