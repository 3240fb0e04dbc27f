/**
 * The address at which a page is served while it is being developed, from the script that starts its server and the
 * server's settings. Default ports: Vite 5173, Next.js and Create React App 3000, Angular 4200 (their documentation).
 */
import { dirname, joinPath } from "../../base/file-paths";
import { isObject, member } from "../../base/json";
import { isExhausted, Thrown } from "../../interpreter/core/signals";
import { newEvaluation } from "../../interpreter/core/state";
import type { AbstractValue } from "../../interpreter/core/values";
import { runFile } from "../../interpreter/modules/modules";
import { callWithUnknownArgs } from "../../interpreter/syntax/calls";
import type { Project } from "../../ir/project";
import type { DevServer } from "../../model/request";
import { awsDomain } from "../domain";
import { argument, toProps, type Props } from "../library-value";

const maxSteps = 20_000;

/** The development server of the package that a page's file belongs to; `undefined` where it cannot be told for certain. */
export function devServerOf(project: Project, file: string): DevServer | undefined {
  for (let folder = dirname(file); folder.length > 1; folder = dirname(folder)) {
    const manifest = project.json(joinPath(folder, "package.json"));
    if (manifest === undefined) continue;
    const scripts = member(manifest, "scripts");
    for (const name of ["dev", "start", "serve"]) {
      const script = member(scripts, name);
      const started = typeof script === "string" ? startedBy(script) : undefined;
      if (started) return servers[started.server](project, folder, started, manifest);
    }
    return undefined;
  }
  return undefined;
}

interface Started {
  readonly server: keyof typeof servers;
  /** What the script's words say. */
  readonly port?: number;
  readonly https: boolean;
}

const names: Readonly<Record<string, keyof typeof servers>> = {
  vite: "vite",
  next: "next",
  "react-scripts": "cra",
  ng: "angular",
};

/** `PORT=3001 next dev -p 3001`: the server that a script starts, when it starts one alone. */
function startedBy(script: string): Started | undefined {
  // What variables, other scripts and shells make of it is not followed.
  if (/[$`&|;<>]/.test(script)) return undefined;
  const words = script.split(/\s+/).filter(Boolean);
  const index = words.findIndex((word) => !/^\w+=/.test(word) && word !== "cross-env");
  const server = names[words[index] ?? ""];
  if (server === undefined) return undefined;
  const variables = new Map(words.slice(0, index).map((word) => split(word)));
  const args = words.slice(index + 1);
  if (
    args.some((word) =>
      /^(build|preview|lint|test|start|proxy|-c|--config|--proxy-config)$/.test(word),
    ) &&
    server !== "cra"
  )
    return undefined;
  const at = args.findIndex((word) => /^(-p|--port)(=|$)/.test(word));
  const text = at < 0 ? variables.get("PORT") : split(args[at] ?? "")[1] || args[at + 1];
  const port = Number(text);
  return {
    server,
    ...(text !== undefined && Number.isInteger(port) ? { port } : {}),
    https:
      variables.get("HTTPS") === "true" ||
      args.some((word) => /^(--https|--ssl|--experimental-https)$/.test(word)),
  };
}

function split(word: string): readonly [string, string] {
  const at = word.indexOf("=");
  return at < 0 ? [word, ""] : [word.slice(0, at), word.slice(at + 1)];
}

type ServerOf = (
  project: Project,
  folder: string,
  started: Started,
  manifest: unknown,
) => DevServer | undefined;

const servers = {
  vite: (project, folder, started) => {
    const config = configIn(project, folder, "vite.config");
    if (config === "unseen") return undefined;
    const server = toProps(config?.props.slots.get("server")?.value);
    if (config?.props.open !== undefined || server?.open !== undefined) return undefined;
    if (config?.props.slots.has("server") && !server) return undefined;
    // Calls through a proxy stay within the page's own origin.
    if (server?.slots.has("proxy")) return undefined;
    const [port, https] = [server?.slots.get("port")?.value, server?.slots.has("https") === true];
    if (port && (port.t !== "const" || typeof port.value !== "number")) return undefined;
    const written = port?.t === "const" ? Number(port.value) : 5173;
    return served(config?.file ?? joinPath(folder, "package.json"), started, written, https);
  },
  next: (project, folder, started) => {
    const config = configIn(project, folder, "next.config");
    if (config === "unseen" || config?.props.open !== undefined) return undefined;
    if (config?.props.slots.has("rewrites")) return undefined;
    return served(joinPath(folder, "package.json"), started, 3000, false);
  },
  cra: (_project, folder, started, manifest) =>
    member(manifest, "proxy") === undefined
      ? served(joinPath(folder, "package.json"), started, 3000, false)
      : undefined,
  angular: (project, folder, started) => {
    const file = joinPath(folder, "angular.json");
    const projects = member(project.json(file), "projects");
    const [only, ...others] = isObject(projects) ? Object.values(projects) : [];
    if (only === undefined || others.length > 0) return undefined;
    const targets = member(only, "architect") ?? member(only, "targets");
    const serve = member(targets, "serve");
    const options = member(serve, "options");
    if (member(options, "proxyConfig") !== undefined) return undefined;
    const port = member(options, "port") ?? 4200;
    return typeof port === "number"
      ? served(file, started, port, member(options, "ssl") === true)
      : undefined;
  },
} satisfies Readonly<Record<string, ServerOf>>;

function served(file: string, started: Started, written: number, https: boolean): DevServer {
  const scheme = started.https || https ? "https" : "http";
  return {
    origin: `${scheme}://localhost:${started.port ?? written}`,
    at: { file, start: 0, end: 0 },
  };
}

interface Config {
  readonly file: string;
  readonly props: Props;
}

/** The settings that a file of this name exports; `unseen` where it is there and cannot be read. */
function configIn(project: Project, folder: string, name: string): Config | "unseen" | undefined {
  for (const ending of ["ts", "js", "mjs", "mts", "cjs"]) {
    const file = joinPath(folder, `${name}.${ending}`);
    if (!project.isFile(file)) continue;
    const props = toProps(exported(project, file));
    return props ? { file, props } : "unseen";
  }
  return undefined;
}

/** `export default defineConfig({…})`, a function that gives the settings, or `module.exports = {…}` */
function exported(project: Project, file: string): AbstractValue | undefined {
  const run = newEvaluation(project, awsDomain(), maxSteps);
  try {
    const made = runFile(run, file)?.exports.props.get("default")?.value;
    const given = made?.t === "extern" ? argument(made, 0, "config") : made;
    return given?.t === "function" ? callWithUnknownArgs(run, given, "given by the tool") : given;
  } catch (error) {
    if (isExhausted(error) || error instanceof Thrown) return undefined;
    throw error;
  }
}
