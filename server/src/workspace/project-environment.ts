import path from "node:path";
import { cdkVersionOf } from "./cdk-version";
import { foldersAbove, isWithin } from "./paths";
import type { Sources } from "./sources";
import type { FolderScan } from "./folder-scan";
import { type PathMapping, TsConfigs } from "./tsconfig";

/** What is written about a tree outside its sources: versions, path mappings, packages, layers. Each is read once. */
export class ProjectEnvironment {
  readonly #tree: FolderScan;
  readonly #sources: Sources;
  readonly #tsconfigs: TsConfigs;
  readonly #versions = new Map<string, string | undefined>();
  readonly #pythonRoots = new Map<string, readonly string[]>();
  #packages: ReadonlyMap<string, string> | undefined;

  constructor(tree: FolderScan, sources: Sources) {
    this.#tree = tree;
    this.#sources = sources;
    this.#tsconfigs = new TsConfigs({
      text: (file) => sources.text(file),
      isFile: (file) => sources.kind(file) === "file",
    });
  }

  /** All source files below the root. */
  get sources(): readonly string[] {
    return this.#tree.sources;
  }

  /** The version of `aws-cdk-lib` that an application uses. */
  cdkVersion(app: string): string | undefined {
    if (!this.#versions.has(app))
      this.#versions.set(app, cdkVersionOf(app, this.#tree.root, this.#sources.door));
    return this.#versions.get(app);
  }

  tsPaths(file: string): readonly PathMapping[] {
    return this.#tsconfigs.mappings(file);
  }

  /** Of two packages of one name the first by path counts, as nothing tells them apart. */
  workspacePackage(name: string): string | undefined {
    this.#packages ??= new Map(
      [...this.#tree.packages]
        .reverse()
        .map((file) => [packageName(this.#sources.text(file)), path.posix.dirname(file)]),
    );
    return this.#packages.get(name);
  }

  /**
   * A Python file can import from its own folder (a script, a Lambda code root), from any folder above it up to the
   * application (each may be a code root or on `sys.path`), from their `src`, and from layers.
   */
  pythonRoots(app: string, file: string): readonly string[] {
    const key = `${app}\n${path.posix.dirname(file)}`;
    const known = this.#pythonRoots.get(key);
    if (known) return known;
    const top = isWithin(app, file) ? app : this.#tree.root;
    const above = [...foldersAbove(file)].filter((folder) => isWithin(top, folder));
    // The checked folder itself cannot be asked for: it lies in a folder that is not read.
    const roots = above.flatMap((folder) =>
      this.#sources.kind(`${folder}/src`) === "folder" ? [folder, `${folder}/src`] : [folder],
    );
    const all = [...new Set([...roots, ...layerRoots(this.#tree.folders, app)])];
    this.#pythonRoots.set(key, all);
    return all;
  }
}

/** A JSON text's value; the contract of `Project.json`: an invalid file is an absent one. */
export function parsedJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function packageName(text: string | undefined): string {
  const value = parsedJson(text);
  if (typeof value !== "object" || value === null || !("name" in value)) return "";
  return typeof value.name === "string" ? value.name : "";
}

/** Folders that Lambda puts on the path from a layer: `python` in a layer's folder, or the layer's folder itself. */
function layerRoots(folders: readonly string[], app: string): readonly string[] {
  return folders.filter(
    (folder) =>
      isWithin(app, folder) &&
      (folder.endsWith("/python") || /\/layers?\/[^/]+$|[_-]layer$/i.test(folder)),
  );
}
