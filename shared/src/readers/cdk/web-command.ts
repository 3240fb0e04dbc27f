/** The command that starts a web server: what Lambda runs behind the Lambda Web Adapter. */
import { joinPath } from "../../base/file-paths";
import type { Project } from "../../ir/project";

/** The application that a server is started with: a module's path without extension, and its variable. */
export interface WebApp {
  readonly path: string;
  readonly name: string;
}

const servers = /^(uvicorn|gunicorn|hypercorn|granian|daphne|waitress-serve)$/;
const runners = /^(python[\d.]*|node|bun|tsx|ts-node)$/;

/** The application of the last command in a script's text that starts one. */
export function appOfScript(project: Project, folder: string, script: string): WebApp | undefined {
  const lines = script.replace(/\\\r?\n/g, " ").split("\n");
  const found = lines.flatMap((line) => appOfCommand(project, folder, wordsOf(line)) ?? []);
  return found.at(-1);
}

/** The application of a Dockerfile's last `CMD`, or of its `ENTRYPOINT` with it. */
export function appOfImage(
  project: Project,
  folder: string,
  dockerfile: string,
): WebApp | undefined {
  const text = dockerfile.replace(/\\\r?\n/g, " ");
  const last = (name: string): string[] => {
    const found = [...text.matchAll(new RegExp(`^[ \\t]*${name}[ \\t]+(.+)$`, "gim"))].at(-1)?.[1];
    return found === undefined ? [] : wordsOf(found);
  };
  const entry = last("ENTRYPOINT");
  const command = last("CMD");
  return (
    appOfCommand(project, folder, command) ?? appOfCommand(project, folder, [...entry, ...command])
  );
}

/** `["node", "app.js"]`, or words of a shell; comments are none. */
function wordsOf(line: string): string[] {
  const trimmed = line.trim();
  if (trimmed.startsWith("#")) return [];
  return trimmed
    .replace(/^\[|\]$/g, "")
    .split(/[\s,]+/)
    .map((word) => word.replace(/^["']|["']$/g, ""))
    .filter(Boolean);
}

function appOfCommand(
  project: Project,
  folder: string,
  words: readonly string[],
  depth = 0,
): WebApp | undefined {
  const [first = "", ...rest] = words;
  const base = first.slice(first.lastIndexOf("/") + 1);
  if (servers.test(base)) return appNamed(rest);
  if (base === "fastapi" && /^(run|dev)$/.test(rest[0] ?? ""))
    return appInFile(rest.slice(1), "main");
  if (base === "flask") return flaskApp(rest);
  if (/^(npm|yarn|pnpm)$/.test(base))
    return depth > 2 ? undefined : appOfPackage(project, folder, rest, depth);
  if (runners.test(base)) {
    if (rest[0] === "-m") return appOfCommand(project, folder, rest.slice(1), depth);
    const file = rest.find((word) => /\.(py|[cm]?[jt]s)$/.test(word));
    return file === undefined ? undefined : appInFile([file], "");
  }
  // What comes before: `exec`, settings, tools that run another command.
  return first === "" ? undefined : appOfCommand(project, folder, rest, depth);
}

/** `app.main:app` */
function appNamed(words: readonly string[]): WebApp | undefined {
  for (const word of words) {
    const [, module, name] = /^([\w.]+):(\w+)/.exec(word) ?? [];
    if (module !== undefined && name !== undefined)
      return { path: module.replaceAll(".", "/"), name };
  }
  return undefined;
}

function appInFile([file]: readonly string[], otherwise: string): WebApp | undefined {
  const path = file?.startsWith("-") === false ? file : otherwise;
  return path === "" ? undefined : { path: path.replace(/\.\w+$/, ""), name: "app" };
}

/** `flask --app shop run` */
function flaskApp(words: readonly string[]): WebApp | undefined {
  const at = words.indexOf("--app");
  const given = at < 0 ? "app" : (words[at + 1] ?? "app");
  return appNamed([given]) ?? appInFile([given.replaceAll(".", "/")], "");
}

/** `npm start`, `npm run serve`: a script of the folder's package. */
function appOfPackage(
  project: Project,
  folder: string,
  words: readonly string[],
  depth: number,
): WebApp | undefined {
  const name = words.find((word) => word !== "run" && !word.startsWith("-"));
  const found = project.json(joinPath(folder, "package.json"));
  const scripts = (found as { scripts?: Record<string, unknown> } | undefined)?.scripts;
  const script = name === undefined ? undefined : scripts?.[name];
  return typeof script === "string"
    ? appOfCommand(project, folder, wordsOf(script), depth + 1)
    : undefined;
}
