/** Which files are code of pages: they run in a browser, and no server runs them too. */
import type { Stmt } from "../../ir/facts";
import { dirname, joinPath } from "../../base/file-paths";
import { libraryNaming } from "../domain";
import { resolveImport } from "../../interpreter/modules/resolve";
import { askOf } from "../link-cache";
import type { Project } from "../../ir/project";

/** The page files of a project, in the order of its candidates. `servers` are files that handlers and stacks begin with. */
export function pageFiles(project: Project, servers: Iterable<string>): readonly string[] {
  const elsewhere = withImports(project, [...servers, ...workerEntries(project)]);
  const files = project.candidates.filter(
    (file) => !elsewhere.has(file) && askOf(project, file, isPageFile),
  );
  const bound = boundToServers(
    project,
    files.filter((file) => mixesServers(project, file)),
  );
  return files.filter((file) => !bound.has(file));
}

/** Where workers at the edge begin: they fetch from a server, whatever lies beside them. */
function workerEntries(project: Project): readonly string[] {
  const folders = new Set(project.candidates.flatMap((file) => foldersOf(project, file)));
  return [...folders].flatMap((folder) => {
    const text = ["wrangler.toml", "wrangler.jsonc", "wrangler.json"]
      .map((name) => project.text(`${folder}/${name}`))
      .find((found) => found !== undefined);
    const main = /^[ \t]*"?main"?[ \t]*[:=][ \t]*["']([^"'\n]+)["']/m.exec(text ?? "")?.[1];
    return main === undefined ? [] : [joinPath(folder, main)];
  });
}

/** The folders of a file up to the application, or to the one that holds both. */
function foldersOf(project: Project, file: string): readonly string[] {
  const depth = inside(project, file).split("/").length - 1;
  const parts = dirname(file).split("/");
  return Array.from({ length: Math.max(depth, 1) }, (_, up) =>
    parts.slice(0, parts.length - up).join("/"),
  ).filter((folder) => folder !== "");
}

/** Files that import, through others too, what no browser has: they run on the server of their framework. */
function boundToServers(project: Project, files: readonly string[]): ReadonlySet<string> {
  const importers = new Map<string, string[]>();
  const bound = new Set<string>();
  for (const file of withImports(project, files)) {
    if (askOf(project, file, needsServer)) bound.add(file);
    for (const imported of askOf(project, file, importsOf).split("\n").filter(Boolean))
      importers.set(imported, [...(importers.get(imported) ?? []), file]);
  }
  for (const file of bound) for (const importer of importers.get(file) ?? []) bound.add(importer);
  return bound;
}

const serverOnly =
  /^(node:)?(fs|fs\/promises|child_process|net|tls)$|^(server-only|dotenv|next\/headers)(\/|$)/;

function needsServer(project: Project, file: string): boolean {
  return specifiersIn(project.facts(file)?.body ?? []).some((name) => serverOnly.test(name));
}

/** Frameworks whose packages hold code of servers beside that of pages. */
const fullStack = ["next", "nuxt", "astro", "@sveltejs/kit", "@remix-run/react", "@tanstack/start"];

function mixesServers(project: Project, file: string): boolean {
  const names = dependenciesOf(project, file);
  return fullStack.some((name) => names.includes(name));
}

/** Files and everything that they import. */
function withImports(project: Project, files: Iterable<string>): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...files];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    open.push(...askOf(project, file, importsOf).split("\n").filter(Boolean));
  }
  return seen;
}

/** The files of the project that a file imports, one a line. */
function importsOf(project: Project, file: string): string {
  const facts = project.facts(file);
  const found = (facts ? specifiersIn(facts.body) : []).map((specifier) =>
    resolveImport(project, libraryNaming, file, specifier, facts?.language ?? "typescript"),
  );
  return found.flatMap((one) => (one.k === "file" ? [one.file] : [])).join("\n");
}

function specifiersIn(body: readonly Stmt[]): readonly string[] {
  return body.flatMap((stmt) => (stmt.k === "import" || stmt.k === "reexport" ? [stmt.from] : []));
}

/** What only servers, tools and tests import. */
const serverModule =
  /^(aws-cdk|@aws-cdk\/|constructs$|aws-lambda|@middy\/|@aws-lambda-powertools\/|express$|fastify$|koa$|@nestjs\/|node:|(fs|path|http|https|child_process|os|net)(\/|$)|server-only$|dotenv(\/|$)|next\/(headers|server)$|vitest$|jest$|@playwright\/|mocha$|supertest$|cypress$)/;
const testFile =
  /(\.|\/)(test|tests|spec|specs|e2e|cy|stories|mock|mocks|__tests__|__mocks__|cypress)(\.|\/)|\/(scripts|bin|cdk\.out|dist|build)\//;
/** Scripts of these run in browsers wherever they lie. */
const markup = /\.(html?|vue|svelte)$/;
/** Next.js: code of these places runs on the server. */
const serverPlace =
  /\/(pages\/api|app\/api|server|backend|lambdas?|functions|handlers?|infra(structure)?|cdk)\//;

function isPageFile(project: Project, file: string): boolean {
  const facts = project.facts(file);
  if (
    facts?.language !== "typescript" ||
    testFile.test(inside(project, file)) ||
    (serverPlace.test(inside(project, file)) && !markup.test(file))
  )
    return false;
  if (markup.test(file)) return true;
  if (specifiersIn(facts.body).some((specifier) => serverModule.test(specifier))) return false;
  const text = project.text(file) ?? "";
  if (isServerComponent(project, file, text)) return false;
  if (/^[ \t]*["']use server["']/m.test(text) || /\bgetServerSideProps\b/.test(text)) return false;
  return looksLikePage(project, file, text);
}

/** Next.js: what the App Router begins with runs on the server, unless it says otherwise. */
function isServerComponent(project: Project, file: string, text: string): boolean {
  return (
    /\/app\/(.*\/)?(page|layout|template|default|loading|not-found)\.[jt]sx?$/.test(file) &&
    !/^[ \t]*["']use client["']/m.test(text) &&
    dependenciesOf(project, file).includes("next")
  );
}

const pagePlace =
  /\/(web|website|webapp|web-?app|frontend|front-?end|client|ui|www|public|site|pages|components|hooks|views|assets|app)\//i;
const browserWords =
  /\bimport\.meta\.env\b|\b(VITE|REACT_APP|NEXT_PUBLIC|VUE_APP|PUBLIC|EXPO_PUBLIC|GATSBY)_[A-Z]|\b(window|document|localStorage|sessionStorage)\.|@angular\/|from ["'](react|vue|svelte|preact|solid-js)["'/]/;

function looksLikePage(project: Project, file: string, text: string): boolean {
  if (/\.[jt]sx$/.test(file) || browserWords.test(text)) return true;
  return pagePlace.test(inside(project, file)) || hasPagePackage(project, file);
}

const pageLibraries = [
  "react",
  "vue",
  "svelte",
  "@angular/core",
  "vite",
  "next",
  "preact",
  "solid-js",
  "lit",
  "react-scripts",
  "jquery",
];

/** The nearest package.json names a library of pages, and CDK does not share it. */
function hasPagePackage(project: Project, file: string): boolean {
  const names = dependenciesOf(project, file);
  return pageLibraries.some((name) => names.includes(name)) && !names.includes("aws-cdk-lib");
}

/** What the nearest package.json depends on. */
function dependenciesOf(project: Project, file: string): readonly string[] {
  for (let folder = dirname(file); folder.length > 1; folder = dirname(folder)) {
    const manifest = project.json(`${folder}/package.json`);
    if (manifest === null || typeof manifest !== "object") continue;
    const { dependencies, devDependencies } = manifest as Record<
      string,
      Record<string, string> | undefined
    >;
    return Object.keys({ ...dependencies, ...devDependencies });
  }
  return [];
}

/** The path below the project, so that folders above it do not count; page folders may lie beside the CDK application. */
function inside(project: Project, file: string): string {
  const { root } = project;
  return file.startsWith(`${root}/`) ? file.slice(root.length) : withoutCommon(root, file);
}

function withoutCommon(root: string, file: string): string {
  const above = root.split("/");
  const parts = file.split("/");
  const common = parts.findIndex((part, index) => part !== above[index]);
  return `/${parts.slice(Math.max(common, 0)).join("/")}`;
}
