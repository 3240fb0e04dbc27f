import type { FileFacts, Language } from "../../../shared/src/ir/facts";
import type { Project } from "../../../shared/src/ir/project";
import type { App } from "./apps";
import type { Sources } from "./sources";
import { parsedJson, type ProjectEnvironment } from "./project-environment";
import type { PathMapping } from "./tsconfig";

/** One application as the evaluator sees it, for the time of one check; remembers what it was asked for. */
export class AppProject implements Project {
  readonly root: string;
  readonly candidates: readonly string[];
  readonly cdkVersion?: string;
  readonly endpoints: Readonly<Record<string, string>>;
  /** Files whose facts or text were wanted, whether they exist or not. */
  readonly touched = new Set<string>();
  readonly #sources: Sources;
  readonly #around: ProjectEnvironment;
  readonly #own: ReadonlySet<string>;
  readonly #json = new Map<string, unknown>();

  constructor(
    app: App,
    candidates: readonly string[],
    sources: Sources,
    around: ProjectEnvironment,
    endpoints: Project["endpoints"] = {},
  ) {
    this.root = app.root;
    this.candidates = candidates;
    this.endpoints = endpoints;
    this.#own = new Set(candidates);
    this.#sources = sources;
    this.#around = around;
    const version = around.cdkVersion(app.root);
    if (version !== undefined) this.cdkVersion = version;
  }

  /** Whether the file is a candidate, or was wanted. */
  reads(file: string): boolean {
    return this.touched.has(file) || this.#own.has(file);
  }

  get sources(): readonly string[] {
    return this.#around.sources;
  }

  facts(file: string): FileFacts | undefined {
    this.touched.add(file);
    return this.#sources.facts(file);
  }

  text(file: string): string | undefined {
    this.touched.add(file);
    return this.#sources.text(file);
  }

  inline(file: string, text: string, language: Language): FileFacts | undefined {
    this.touched.add(file);
    return this.#sources.inline(file, text, language);
  }

  isFile(file: string): boolean {
    return this.#sources.kind(file) === "file";
  }

  isDirectory(folder: string): boolean {
    return this.#sources.kind(folder) === "folder";
  }

  json(file: string): unknown {
    this.touched.add(file);
    if (!this.#json.has(file)) this.#json.set(file, parsedJson(this.#sources.text(file)));
    return this.#json.get(file);
  }

  tsPaths(file: string): readonly PathMapping[] {
    return this.#around.tsPaths(file);
  }

  workspacePackage(name: string): string | undefined {
    return this.#around.workspacePackage(name);
  }

  pythonRoots(file: string): readonly string[] {
    return this.#around.pythonRoots(this.root, file);
  }
}
