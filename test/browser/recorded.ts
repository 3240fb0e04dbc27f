import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Exchange } from "../../shared/src/browser";

export interface Outcome {
  readonly verdict: "allowed" | "blocked";
  readonly blockedAt: "preflight" | "response" | null;
}

/** One recorded exchange with what Chromium 156 did. */
export interface RecordedCase extends Exchange, Outcome {
  readonly id: string;
  readonly category: string;
  readonly blockedHop?: number;
  readonly consoleMessage: string | null;
  readonly corsError: string | null;
  readonly netError?: string;
  readonly observed: {
    readonly preflights: readonly Readonly<Record<string, unknown>>[];
    readonly requests: readonly Readonly<Record<string, unknown>>[];
  };
  readonly response?: {
    readonly type: string;
    readonly status: number;
    readonly exposedHeaders: readonly string[];
  };
  readonly fetchStandard: Outcome;
}

/** One recorded exchange on which engines differ, with each engine's verdict. */
export interface Difference extends Exchange {
  readonly id: string;
  readonly difference: string;
  readonly fetchStandard: Outcome;
  readonly chromium156: Outcome;
  readonly firefox153: Outcome;
  readonly "webkitgtk2.50": Outcome | { readonly mixedContentBlocked: true };
}

export const recordedCases = read<RecordedCase>("chromium-verdicts");
export const differences = read<Difference>("browser-differences");

function read<T>(name: string): T[] {
  const packed = readFileSync(join(__dirname, "data", `${name}.jsonl.gz`));
  const lines = gunzipSync(packed).toString("utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as T);
}
