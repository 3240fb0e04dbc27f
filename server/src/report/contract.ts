/** The contract of applications and its changes as JSON, text and Markdown. */
import {
  type ContractCall,
  contractChanges,
  type ContractChange,
  type PlacedCall,
} from "../../../shared/src/contract";
import { groupBy } from "../../../shared/src/base/group";
import { printableLine } from "../../../shared/src/base/printable";
import type { Span } from "../../../shared/src/ir/span";
import type { Place } from "./report";

/** Later versions add keys and never change one. Has no line numbers, so that it stays the same when code moves. */
export interface Contract {
  readonly version: 1;
  readonly apps: readonly {
    /** The application's folder, relative to where the contract was made. */
    readonly root: string;
    readonly calls: readonly ContractCall[];
  }[];
}

export interface AppContract {
  readonly root: string;
  readonly calls: readonly PlacedCall[];
}

export type Where = (at: Span) => Place & { readonly file: string };

export function contractJson(apps: readonly AppContract[]): Contract {
  return {
    version: 1,
    apps: apps.map(({ root, calls }) => ({ root, calls: calls.map(withoutPlaces) })),
  };
}

function withoutPlaces({ route: _route, at: _at, ...call }: PlacedCall): ContractCall {
  return call;
}

/** One row: a call of one page, without and with credentials. */
type Row = readonly [call: string, headers: string, origin: string, without: string, with_: string];

const heads: Row = ["call", "headers", "page", "without credentials", "with credentials"];

/** The contract as tables, one for each API. */
export function contractText(apps: readonly AppContract[], where: Where): string {
  return tables(apps, where, ({ title, place, rows, notes }) =>
    [
      `${title}${place === "" ? "" : `  ${place}`}`,
      ...textTable(rows),
      ...notes.map((n) => `  ${n}`),
    ].join("\n"),
  );
}

export function contractMarkdown(apps: readonly AppContract[], where: Where): string {
  return tables(apps, where, ({ title, place, rows, notes }) =>
    [
      `### ${cell(title)}${place === "" ? "" : ` <sub>${cell(place)}</sub>`}`,
      "",
      ...markdownTable(rows),
      ...(notes.length > 0 ? ["", ...notes.map((note) => `- ${cell(note)}`)] : []),
    ].join("\n"),
  );
}

interface ApiTable {
  readonly title: string;
  readonly place: string;
  readonly rows: readonly Row[];
  /** Reasons that stand in no cell. */
  readonly notes: readonly string[];
}

function tables(
  apps: readonly AppContract[],
  where: Where,
  print: (table: ApiTable) => string,
): string {
  const parts = apps.flatMap(({ root, calls }) =>
    [...groupBy(calls, ({ api }) => [api])].map(([api, own]) => {
      const [first] = own;
      const place = where(first.route);
      return print({
        title: `${api} (${first.construct})${root === "." ? "" : ` in ${root}`}`,
        place: `${place.file}:${place.line}`,
        rows: rowsOf(own),
        notes: [...new Set(own.flatMap(({ because }) => because ?? []))],
      });
    }),
  );
  return parts.length === 0 ? "No API that pages may call was found.\n" : `${parts.join("\n\n")}\n`;
}

function rowsOf(calls: readonly ContractCall[]): readonly Row[] {
  const pairs = groupBy(calls, ({ method, path, origin }) => [`${method} ${path} ${origin}`]);
  return [...pairs.values()].map((pair) => {
    const [{ method, path, headers, origin }] = pair;
    const of = (credentials: ContractCall["credentials"]): string => {
      const call = pair.find((each) => each.credentials === credentials);
      return call ? verdictWords(call) : "";
    };
    return [`${method} ${path}`, headers.join(", "), origin, of("without"), of("with")];
  });
}

function verdictWords({ verdict, step }: ContractCall): string {
  if (verdict === "blocked") return `blocked: ${step ?? ""}`;
  if (verdict === "depends") return `depends: ${step ?? ""}`;
  return verdict;
}

function textTable(rows: readonly Row[]): readonly string[] {
  const all = [heads, ...rows].map((row) => row.map(printableLine));
  const widths = heads.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  return all.map((row) =>
    `  ${row.map((text, i) => text.padEnd(widths[i] ?? 0)).join("  ")}`.trimEnd(),
  );
}

function markdownTable(
  rows: readonly (readonly string[])[],
  columns: readonly string[] = heads,
): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(columns), `| ${columns.map(() => "---").join(" | ")} |`, ...rows.map(line)];
}

/** Text of the code in a cell: nothing of it is Markdown or HTML. */
function cell(text: string): string {
  return printableLine(text).replace(/[\\`*_[\]<>|~#&$]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** A change, with the application that it is in. */
export interface AppChange extends ContractChange {
  readonly root: string;
}

export function changesBetween(before: Contract, now: Contract): readonly AppChange[] {
  const roots = [...new Set([...before.apps, ...now.apps].map(({ root }) => root))].sort();
  const callsOf = ({ apps }: Contract, root: string): readonly ContractCall[] =>
    apps.find((app) => app.root === root)?.calls ?? [];
  return roots.flatMap((root) =>
    contractChanges(callsOf(before, root), callsOf(now, root)).map((change) => ({
      ...change,
      root,
    })),
  );
}

const kinds = ["breaks", "opens", "closes", "unclear"] as const;
const titles: Readonly<Record<(typeof kinds)[number], string>> = {
  breaks: "Breaks: pages that may call are refused now",
  opens: "Opens: pages may do this now",
  closes: "Closes: pages may do this no more",
  unclear: "Unclear: this can be known from the code no more",
};

export function changesText(changes: readonly AppChange[]): string {
  if (changes.length === 0) return "The contract with pages is the same.\n";
  const parts = kinds.flatMap((kind) => {
    const rows = changes.filter((change) => change.kind === kind).map(changeRow);
    const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
    const lines = rows.map((row) =>
      `  ${row.map((text, i) => printableLine(text).padEnd(widths[i] ?? 0)).join("  ")}`.trimEnd(),
    );
    return rows.length > 0 ? [[titles[kind], ...lines].join("\n")] : [];
  });
  return `${parts.join("\n\n")}\n`;
}

export function changesMarkdown(changes: readonly AppChange[]): string {
  if (changes.length === 0) return "The contract with pages is the same.\n";
  const parts = kinds.flatMap((kind) => {
    const rows = changes.filter((change) => change.kind === kind).map(changeRow);
    const columns = ["call", "page", "credentials", "change"];
    return rows.length > 0
      ? [[`### ${titles[kind]}`, "", ...markdownTable(rows, columns)].join("\n")]
      : [];
  });
  return `${parts.join("\n\n")}\n`;
}

function changeRow({ before, now, root }: AppChange): readonly string[] {
  const call = now ?? before;
  if (!call) return [];
  const { api, method, path, origin, credentials } = call;
  const where = root === "." ? api : `${root} ${api}`;
  const words = (each: ContractCall | undefined): string =>
    each ? verdictWords(each) : "no such call";
  return [`${where} ${method} ${path}`, origin, credentials, `${words(before)} → ${words(now)}`];
}
