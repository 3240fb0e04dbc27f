/** `npm run truth:handlers [name]`: how far the claims about handlers are what the handlers do. */
import { brief, truth } from "./truth";

async function main(only: string | undefined): Promise<void> {
  const reports = await truth(only);
  const sum = { agree: 0, unknown: 0, contradict: 0 };
  for (const { name, handler, counts, contradictions, doubts, untaken } of reports) {
    for (const verdict of ["agree", "unknown", "contradict"] as const)
      sum[verdict] += counts[verdict];
    const open = handler?.complete === false ? ` (incomplete: ${handler.because ?? ""})` : "";
    console.log(
      `${name}: agree ${counts.agree}, unknown ${counts.unknown}, contradict ${counts.contradict}${open}`,
    );
    for (const line of contradictions.slice(0, 5)) console.log(`  contradict  ${line}`);
    for (const line of doubts.slice(0, 3)) console.log(`  unknown     ${line}`);
    for (const line of untaken.slice(0, 5)) console.log(`  never taken ${line}`);
    if (only !== undefined)
      for (const path of handler?.responses ?? []) console.log(`  claimed     ${brief(path)}`);
  }
  const total = sum.agree + sum.unknown + sum.contradict;
  const share = ((100 * sum.unknown) / Math.max(1, total)).toFixed(1);
  console.log(
    `handlers: ${reports.length} handlers, agree ${sum.agree}, unknown ${sum.unknown} (${share} %), contradict ${sum.contradict}`,
  );
  process.exitCode = sum.contradict > 0 ? 1 : 0;
}

void main(process.argv[2]);
