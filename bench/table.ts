/** What the benchmark prints. */

export interface Row {
  readonly what: string;
  /** Size of the workspace; 0 where there is none. */
  readonly files: number;
  readonly ours: number;
  readonly floor: number;
  readonly unit: "ms" | "MB";
}

const widths = [62, 7, 12, 12, 7];
const rows: Row[] = [];

function line(cells: readonly string[]): void {
  const padded = cells.map((cell, i) =>
    i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
  );
  process.stdout.write(`| ${padded.join(" | ")} |\n`);
}

export function heading(): void {
  line(["what", "files", "CORS Lens", "beside", "ratio"]);
  line(widths.map((width) => "-".repeat(width)));
}

export function print(row: Row): void {
  rows.push(row);
  const { what, files, ours, floor, unit } = row;
  const figure = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;
  const size = files === 0 ? "" : String(files);
  line([what, size, figure(ours), figure(floor), (ours / floor).toFixed(2)]);
}

/** How much each figure grows from one size of workspace to the next. */
export function growth(): void {
  process.stdout.write("\nGrowth of our figure, and of what stands beside it:\n\n");
  for (const what of new Set(rows.map((row) => row.what))) {
    const same = rows.filter((row) => row.what === what);
    const steps = same.slice(1).map((row, i) => {
      const before = same[i] ?? row;
      const factor = (value: number, old: number): string => (value / old).toFixed(2);
      return `${before.files} to ${row.files}: ${factor(row.ours, before.ours)} (${factor(row.floor, before.floor)})`;
    });
    if (steps.length > 0) process.stdout.write(`- ${what}: ${steps.join(", ")}\n`);
  }
}
