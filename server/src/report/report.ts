/** What every output format is written from: findings with places that people can read. */
import { withoutEnd } from "../../../shared/src/base/trim";
import type { Finding } from "../../../shared/src/finding";
import type { CorsModel } from "../../../shared/src/model/model";
import type { Coverage } from "../../../shared/src/model/query/coverage";
import { lineStartsOf, positionAt, type Span } from "../../../shared/src/ir/span";

/** From 1; columns count UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface ReportGap {
  /** Absolute. */
  readonly file: string;
  readonly at?: Span;
  readonly because: string;
}

export interface Stats {
  /** Source files below the root. */
  readonly files: number;
  /** Files whose text was read. */
  readonly read: number;
  /** Files that were parsed. */
  readonly parsed: number;
  /** Parts of applications (CDK code, a handler, the pages) that were evaluated, and that were taken as they were known. */
  readonly evaluated: number;
  readonly reused: number;
  readonly apps: number;
  readonly apis: number;
  readonly handlers: number;
  /** Handlers of which only some paths were followed. */
  readonly followedInPart?: number;
  readonly responses: number;
  readonly requests: number;
}

export interface Report {
  /** The checked folder, absolute with `/`. */
  readonly root: string;
  /** The working directory, absolute with `/`. */
  readonly cwd: string;
  readonly findings: readonly Finding[];
  readonly gaps: readonly ReportGap[];
  readonly stats: Stats;
  readonly coverage: Coverage;
  readonly text: (file: string) => string | undefined;
}

/** Lines and columns of the places in some files; remembers where lines begin. */
export class Places {
  readonly #text: (file: string) => string | undefined;
  readonly #lineStarts = new Map<string, readonly number[]>();

  constructor(text: (file: string) => string | undefined) {
    this.#text = text;
  }

  of(file: string, offset: number): Place {
    const { line, column } = positionAt(this.#starts(file), offset);
    return { line: line + 1, column: column + 1 };
  }

  /** The text of a line, from 1, without its end. */
  line(file: string, line: number): string {
    const starts = this.#starts(file);
    const text = this.#text(file) ?? "";
    return withoutEnd(text.slice(starts[line - 1] ?? text.length, starts[line]), "\r\n");
  }

  #starts(file: string): readonly number[] {
    const known = this.#lineStarts.get(file) ?? lineStartsOf(this.#text(file) ?? "");
    this.#lineStarts.set(file, known);
    return known;
  }
}

/** What a model holds, for statistics. */
export function countsOf(
  models: readonly CorsModel[],
): Pick<Stats, "apis" | "handlers" | "followedInPart" | "responses" | "requests"> {
  const sum = (count: (model: CorsModel) => number): number =>
    models.reduce((total, model) => total + count(model), 0);
  const inPart = sum((m) => m.handlers.filter(({ followedInPart }) => followedInPart).length);
  return {
    apis: sum((m) => m.apis.length),
    handlers: sum((m) => m.handlers.length),
    ...(inPart > 0 ? { followedInPart: inPart } : {}),
    responses: sum((m) => m.handlers.reduce((n, handler) => n + handler.responses.length, 0)),
    requests: sum((m) => m.requests.length),
  };
}
