import { coverageOf } from "../../../shared/src/model/query/coverage";
import { defaultSettings } from "../../../shared/src/settings";
import { countsOf, Places, type Report, type ReportGap } from "../report/report";
import type { Analysis } from "../workspace/analysis";
import { Configs } from "../workspace/config";
import { fromFolder } from "../workspace/paths";
import { UserError, type CliHost } from "./command";
import { Progress } from "./progress";
import type { Targets } from "./targets";

/**
 * Brings the analysis of the targets up to date, as their `cors-lens.json` want it. Rejects with a `UserError` that
 * names every mistake in those files.
 */
export async function runAnalysis(
  analysis: Analysis,
  targets: Targets,
  world: CliHost,
): Promise<void> {
  const progress = new Progress(world);
  const configs = new Configs(analysis.sources, analysis.engine);
  for (const { folder } of targets.roots) configs.of(folder);
  refuse(configs, analysis, targets);
  try {
    await analysis.update({
      roots: targets.roots,
      concerns: targets.concerns,
      settings: (root) => configs.optionsFor(root, defaultSettings),
      ...(world.worker === undefined ? {} : { worker: world.worker }),
      onProgress: (done, total) => progress.show(`cors-lens: ${done} of ${total} applications`),
    });
  } finally {
    progress.done();
  }
  refuse(configs, analysis, targets);
}

/** A check with half of its configuration would promise what it does not keep. */
function refuse({ findings }: Configs, { sources }: Analysis, { cwd }: Targets): void {
  if (findings.length === 0) return;
  const places = new Places((file) => sources.text(file));
  const lines = findings.map(({ at, message }) => {
    const { line, column } = places.of(at.file, at.start);
    return `${fromFolder(cwd, at.file)}:${line}:${column}: ${message}`;
  });
  throw new UserError(lines.join("\ncors-lens: "));
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
    cwd: targets.cwd,
    findings: analysis.findings.filter(({ at }) => targets.includes(at.file)),
    gaps: gaps.filter(({ file }) => targets.includes(file)),
    stats: {
      // What lies around a part is read for its sake; it was not asked for.
      files: analysis.files.filter(targets.includes).length,
      read: sources.counters.read,
      parsed: sources.counters.parsed,
      ...analysis.linked,
      apps: results.length,
      ...countsOf(results.map(({ model }) => model)),
    },
    coverage: coverageOf(results.map(({ model }) => model)),
    text: (file) => sources.text(file),
  };
}

/** Tells of applications that could not be checked by a mistake of this program; says whether there are any. */
export function tellFailures(analysis: Analysis, targets: Targets, world: CliHost): boolean {
  const failed = analysis.results.filter(({ failure }) => failure !== undefined);
  for (const { app, failure } of failed) {
    const where = fromFolder(targets.cwd, app.root) || ".";
    world.stderr(`cors-lens: internal error, ${where} was not checked\n${failure?.stack ?? ""}\n`);
  }
  return failed.length > 0;
}
