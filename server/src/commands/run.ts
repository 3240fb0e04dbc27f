import { defaultSettings } from "../../../shared/src/settings";
import { countsOf, type Report, type ReportGap } from "../report/report";
import type { Analysis } from "../workspace/analysis";
import { relativeTo } from "../workspace/paths";
import type { World } from "./command";
import { Progress } from "./progress";
import type { Targets } from "./targets";

/** Brings the analysis of the targets up to date. */
export async function runAnalysis(
  analysis: Analysis,
  targets: Targets,
  world: World,
): Promise<void> {
  const progress = new Progress(world);
  const { context, rules } = defaultSettings;
  try {
    await analysis.update({
      roots: targets.roots,
      settings: () => ({ context, severities: rules }),
      onProgress: (done, total) => progress.show(`cors-lens: ${done} of ${total} applications`),
    });
  } finally {
    progress.done();
  }
}

/** What there is to report about the targets. */
export function reportOf(analysis: Analysis, targets: Targets): Report {
  const { results, sources } = analysis;
  const gaps: ReportGap[] = [
    ...analysis.gaps,
    ...results.flatMap(({ model }) => model.gaps.map((gap) => ({ ...gap, file: gap.at.file }))),
  ];
  return {
    root: targets.root,
    findings: analysis.findings.filter(({ at }) => targets.includes(at.file)),
    gaps: gaps.filter(({ file }) => targets.includes(file)),
    stats: {
      files: analysis.files.length,
      read: sources.counters.read,
      parsed: sources.counters.parsed,
      apps: results.length,
      ...countsOf(results.map(({ model }) => model)),
    },
    text: (file) => sources.text(file),
  };
}

/** Tells of applications that could not be checked by a mistake of this program; says whether there are any. */
export function tellFailures(analysis: Analysis, targets: Targets, world: World): boolean {
  const failed = analysis.results.filter(({ failure }) => failure !== undefined);
  for (const { app, failure } of failed) {
    const where = relativeTo(targets.root, app.root) || ".";
    world.complain(
      `cors-lens: internal error, ${where} was not checked\n${failure?.stack ?? ""}\n`,
    );
  }
  return failed.length > 0;
}
