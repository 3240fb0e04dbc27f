/** The names that server and client share, and that nobody may spell twice. */
import type { Safety, Severity } from "./finding";

/** `source` of every diagnostic. */
export const diagnosticSource = "cors-lens";

/** The code action kind that applies all safe fixes of a file. */
export const fixAllKind = "source.fixAll.cors-lens";

/** The quick fixes that the editor's menu runs by themselves, where the cursor is. */
export const fixRuleKind = "quickfix.cors-lens.rule";
export const suppressFileKind = "quickfix.cors-lens.suppressFile";

/** The code action kind of what changes a policy that has nothing wrong: LSP's `refactor.rewrite`. */
export const policyActionKind = "refactor.rewrite";

/** Home of the project; the pages of the rules lie below it. */
export const repository = "https://github.com/cors-lens/cors-lens";

/** The code of what is wrong in a `cors-lens.json`. */
export const configurationProblem = "configuration-invalid";

/** The page that explains a rule. */
export function rulePage(rule: string): string {
  if (rule === configurationProblem) return `${repository}/blob/main/docs/configuration.md`;
  return `${repository}/blob/main/shared/src/rules/${rule}.md`;
}

/**
 * Files whose change on disk the server wants to know of: sources, what decides about them (`cdk.json`, `package.json`,
 * tsconfig and lock files, `.gitignore`), and JSON that stacks import as configuration.
 */
export const watchedFiles: readonly string[] = [
  "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,py,html,htm,vue,svelte,json}",
  "**/.gitignore",
  "**/{yarn.lock,pnpm-lock.yaml,bun.lock,uv.lock,poetry.lock,Pipfile.lock}",
  "**/{requirements*.txt,pyproject.toml,setup.py}",
];

/** Asks the server for findings, after it has checked everything that changed. */
export const findingsRequest = "corsLens/findings";

/** Which files are left out because checking them took too long or too much memory. */
export const skippedNotification = "corsLens/skipped";

export interface SkippedFiles {
  /** Absolute paths, sorted. */
  readonly files: readonly string[];
}

export interface ListFindings {
  /** Only in this file. */
  readonly uri?: string;
  /** Only of this rule. */
  readonly rule?: string;
}

export interface ListedFinding {
  readonly uri: string;
  /** From 1, as `column`. */
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fixes: readonly { readonly title: string; readonly safety: Safety }[];
}

/** `source` of the diagnostics that a probe found on the wire. */
export const probeDiagnosticSource = "cors-lens probe";

/** Requests of the probe; their parameters and results follow. */
export const probeRequests = {
  /** Nothing → `ProbeTarget[]`: the APIs of the workspace. */
  targets: "corsLens/probe/targets",
  /** `ProbeQuestion` → `ProbePreview`: what would be sent. Sends nothing. */
  plan: "corsLens/probe/plan",
  /** `ProbeQuestion` with `workDoneToken` → `ProbeAnswer`. Sends what the preview said, and no more. */
  run: "corsLens/probe/run",
  /** Nothing → nothing: the problems of the last probe go. */
  clear: "corsLens/probe/clear",
} as const;

/** An API of the workspace that can be probed. */
export interface ProbeTarget {
  readonly id: string;
  readonly name: string;
  /** As `HttpApi`. */
  readonly construct: string;
  /** Where it stands, for people: `lib/stack.ts:12`. */
  readonly place: string;
  readonly addresses: readonly { readonly url: string; readonly from: string }[];
  readonly origins: readonly string[];
}

export interface ProbeQuestion {
  readonly url: string;
  /** The target's id; absent for a bare URL. */
  readonly api?: string;
  readonly origins: readonly string[];
  /** Header names, or `Name: value`; a value goes to the URL's own origin only. */
  readonly headers?: readonly string[];
  readonly credentials?: boolean;
  /** The user's word that the host is theirs. */
  readonly own?: boolean;
  /** The user typed the host: it may lie in a private network. */
  readonly typed: boolean;
  /** Requests that may change data and that the user picked one by one. */
  readonly send?: readonly ChosenRequest[];
}

/** One request of the preview. */
export interface ChosenRequest {
  readonly method: string;
  readonly url: string;
}

export interface ProbePreview {
  readonly endpoint: string;
  readonly hosts: readonly string[];
  /** Methods. */
  readonly sends: readonly string[];
  readonly maxRequests: number;
  readonly routes: number;
  readonly skipped: number;
  /** Requests that may change data and are not sent unless they are picked, with their bytes. */
  readonly withheld: readonly (ChosenRequest & { readonly bytes: string })[];
}

/** One message of an exchange, between two of its cell's actors. */
export interface ProbeMessage {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Header lines and remarks. */
  readonly detail: readonly string[];
  /** `stopped`: the browser refuses here. `unsent`: it never came to this. */
  readonly state: "passed" | "stopped" | "unsent";
}

/** One cell of the verdict matrix, with the exchange to draw. */
export interface ProbeCell {
  readonly title: string;
  readonly verdict: "allowed" | "blocked" | "conditional";
  readonly console: string | null;
  readonly curl: string;
  readonly actors: readonly string[];
  readonly messages: readonly ProbeMessage[];
}

export interface ProbeAnswer {
  readonly endpoint: string;
  readonly requests: number;
  readonly blocked: number;
  /** The report; lines `source: file:line` name files below `root`. */
  readonly text: string;
  /** URI of the folder that the report's files are relative to. */
  readonly root: string | null;
  readonly cells: readonly ProbeCell[];
}

/** Commands of a client that lenses may invoke; it names those that it has in its initialization options. */
export const lensCommands = {
  /** `ShowFindings`. */
  showFindings: "corsLens.showFindings",
  /** `{ api }`, a target's id. */
  probe: "corsLens.probe",
  /** Nothing. */
  clearProbe: "corsLens.probe.clear",
} as const;

/** Command of a client that shows a rule's page, given its id, from its own files. */
export const explainCommand = "corsLens.explainRule";

/** `initializationOptions`: what the client can do beyond the protocol. */
export interface ClientOptions {
  readonly commands: readonly string[];
}

/** What `corsLens.showFindings` is called with: where the lens stands, and what to show; 0-based as in the protocol. */
export interface ShowFindings {
  readonly uri: string;
  readonly position: Place;
  readonly places: readonly {
    readonly uri: string;
    readonly range: { readonly start: Place; readonly end: Place };
  }[];
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/** `{ text }`, what a browser's console says → `ExplainedError[]`; none where it has neither a known sentence nor a URL. */
export const explainErrorRequest = "corsLens/explainError";

/** An error of the console, with the places that it leads to. */
export interface ExplainedError {
  /** The whole answer as text. */
  readonly text: string;
  /** The first line of the reason. */
  readonly summary: string;
  /** The line to change. */
  readonly at?: ContractPlace;
}

/** Nothing → `ContractRow[]`: every call that pages may make. */
export const contractRequest = "corsLens/contract";

/** A place in a file; from 0, as in the protocol. */
export interface ContractPlace extends Place {
  readonly uri: string;
}

export interface ContractCell {
  readonly verdict: "allowed" | "blocked" | "depends" | "unknown";
  /** The step that fails, with what holds when it passes; or why it is unknown. */
  readonly why: string;
  readonly step: string;
  /** What decides. */
  readonly at: ContractPlace;
}

/** One call of one page. */
export interface ContractRow {
  readonly api: string;
  readonly method: string;
  readonly path: string;
  readonly headers: readonly string[];
  readonly origin: string;
  readonly route: ContractPlace;
  readonly without: ContractCell;
  readonly with: ContractCell;
}
