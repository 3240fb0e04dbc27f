import type { FileFacts, Language } from "./facts";

/**
 * The files of one application, as the evaluator sees them. Paths are absolute with `/`. Reading is on demand, so that
 * only what an application imports is ever parsed; implementations cache facts by content.
 */
export interface Project {
  /** The folder of the nearest `cdk.json` (or the checked folder): what CDK's relative paths refer to. */
  readonly root: string;
  /** Files that passed the prefilter (they may say something about CDK, handlers or browser calls), in a stable order. */
  readonly candidates: readonly string[];
  /** All source files of the workspace, whether they passed or not, for finding what a build was made of. */
  readonly sources?: readonly string[];
  /** The facts of a file, or `undefined` when there is no such readable source file. Never throws. */
  facts(file: string): FileFacts | undefined;
  /** Whether there is a regular file at this path. */
  isFile(path: string): boolean;
  /** Whether there is a folder at this path. */
  isDirectory(path: string): boolean;
  /** A JSON file's value, for imported configuration; `undefined` when absent or invalid. */
  json(path: string): unknown;
  /** `compilerOptions.paths` of the nearest tsconfig: pattern -> absolute patterns. Empty when none. */
  tsPaths(
    file: string,
  ): readonly { readonly pattern: string; readonly targets: readonly string[] }[];
  /** Folder of a package of this workspace by its name, for monorepo imports. */
  workspacePackage(name: string): string | undefined;
  /** Folders from which Python absolute imports of this file may start, nearest first (project root, Lambda code roots, layers). */
  pythonRoots(file: string): readonly string[];
  /** The version of `aws-cdk-lib` that the app uses, as in its lockfile or requirements: `2.150.0`; `undefined` = unknown. */
  readonly cdkVersion?: string;
  /** Addresses of deployed APIs by construct id, as settings give them. */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** Reads code that stands in a text of another file, as inline code of a function does; never throws. */
  inline?(file: string, text: string, language: Language): FileFacts | undefined;
  /** A file's text, for the writer and for inline code; `undefined` when unreadable. */
  text(file: string): string | undefined;
}
