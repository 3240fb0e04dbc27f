/** Which files are code of pages: they run in a browser, and no server runs them too. */
import type { Stmt } from "../../ir/facts";
import { dirname } from "../../base/file-paths";
import { libraryNaming } from "../domain";
import { resolveImport } from "../../interpreter/modules/resolve";
import { askOf } from "../link-cache";
import type { Project } from "../../ir/project";

/** The page files of a project, in the order of its candidates. `servers` are files that handlers and stacks begin with. */
export function pageFiles(project: Project, servers: Iterable<string>): readonly string[] {
  const elsewhere = withImports(project, servers);
  return project.candidates.filter(
    (file) => !elsewhere.has(file) && askOf(project, file, isPageFile),
  );
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
  /^(aws-cdk|@aws-cdk\/|constructs$|aws-lambda|@middy\/|@aws-lambda-powertools\/|express$|fastify$|koa$|@nestjs\/|node:|(fs|path|http|https|child_process|os|net)(\/|$)|vitest$|jest$|@playwright\/|mocha$|supertest$|cypress$)/;
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
  if (/^[ \t]*["']use server["']/m.test(text) || /\bgetServerSideProps\b/.test(text)) return false;
  return looksLikePage(project, file, text);
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
  for (let folder = dirname(file); folder.length > 1; folder = dirname(folder)) {
    const manifest = project.json(`${folder}/package.json`);
    if (manifest === null || typeof manifest !== "object") continue;
    const { dependencies, devDependencies } = manifest as Record<
      string,
      Record<string, string> | undefined
    >;
    const names = Object.keys({ ...dependencies, ...devDependencies });
    return pageLibraries.some((name) => names.includes(name)) && !names.includes("aws-cdk-lib");
  }
  return false;
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
