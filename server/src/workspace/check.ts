/** One application, checked: link, then analyze. */
import { analyze } from "../../../shared/src/analyze";
import type { Finding, Severity } from "../../../shared/src/finding";
import type { LinkCache } from "../../../shared/src/readers/link-cache";
import type { CorsModel } from "../../../shared/src/model/model";
import type { Gap } from "../../../shared/src/ir/gap";
import type { Project } from "../../../shared/src/ir/project";
import type { RuleContext } from "../../../shared/src/advice/context";
import type { Rule } from "../../../shared/src/rules/rule";
import type { AppProject } from "./app-project";
import type { Frontends } from "./languages";
import type { TimeSlice } from "./time-slice";
import { languageOf } from "./prefilter";
import type { Sources } from "./sources";

/** The parts that a check is made of; tests put in others. */
export interface Engine {
  readonly frontends: Frontends;
  readonly link: (project: Project) => CorsModel;
  /** As `link`, in steps between which others may work; what a cache holds is not worked out again. */
  readonly linkSteps?: (
    project: Project,
    cache: LinkCache,
    changed: Iterable<string> | undefined,
  ) => Generator<undefined, CorsModel>;
  readonly rules: readonly Rule[];
}

export interface CheckOptions {
  readonly context: RuleContext;
  readonly severities: Readonly<Record<string, Severity | "off">>;
  /** Addresses of deployed APIs by construct id. */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** Files that nothing is reported in. */
  readonly ignored?: (file: string) => boolean;
}

export interface Checked {
  readonly model: CorsModel;
  readonly findings: readonly Finding[];
  /** A rule or the linker threw. That is a mistake of this program, never of the checked code. */
  readonly failure?: Error;
}

const nothing: CorsModel = { apis: [], policies: [], handlers: [], requests: [], gaps: [] };

/** What an earlier check of the same application left, and what changed since. */
export interface Earlier {
  readonly cache: LinkCache;
  /** Files that may have changed; absent = any. */
  readonly changed: Iterable<string> | undefined;
}

/**
 * Links and analyzes a project whose frontends are loaded; `undefined` when `pause` said to stop, and the cache has what
 * was done by then. Rejects when `pause` does.
 */
export async function checkProject(
  project: Project,
  engine: Engine,
  options: CheckOptions,
  { cache, changed }: Earlier,
  pause: TimeSlice,
): Promise<Checked | undefined> {
  const steps = engine.linkSteps?.(project, cache, changed);
  try {
    for (;;) {
      const step = steps?.next() ?? { done: true as const, value: engine.link(project) };
      if (step.done === true) return judged(step.value, project, engine, options);
      if (pause.isDue && !(await pause.take())) return undefined;
    }
  } catch (error) {
    if (pause.isAborted) throw error;
    return { model: nothing, findings: [], failure: errorOf(error) };
  }
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function judged(
  model: CorsModel,
  project: Project,
  engine: Engine,
  { context, severities, ignored }: CheckOptions,
): Checked {
  const fault = model.gaps.find((gap) => gap.fault);
  let failure = fault && new Error(`${fault.at.file} ${fault.because}`);
  const findings = analyze(model, {
    onFailure: (error) => (failure ??= errorOf(error)),
    rules: engine.rules,
    context,
    severities,
    facts: (file) => project.facts(file),
    files: project.candidates,
  });
  const gaps = [...model.gaps, ...unreadParts(project)];
  const told = gaps.length === model.gaps.length ? model : { ...model, gaps };
  return {
    model: told,
    findings: ignored ? findings.filter(({ at }) => !ignored(at.file)) : findings,
  };
}

/**
 * Files that were read in part, each with the first place that was not: nobody may take what is missing there for being
 * right.
 */
function unreadParts(project: Project): readonly Gap[] {
  return project.candidates.flatMap((file) => {
    const facts = project.facts(file);
    const [first] = facts?.broken ? facts.gaps : [];
    if (!first) return [];
    return [{ because: first.because, at: { file, start: first.at[0], end: first.at[1] } }];
  });
}

/** Loads the frontends that the candidates need and reads the candidates; says whether it came to the end. */
export async function readAhead(
  project: AppProject,
  sources: Sources,
  pause: TimeSlice,
): Promise<boolean> {
  await sources.load(project.candidates.flatMap((file) => languageOf(file) ?? []));
  for (const file of project.candidates) {
    sources.facts(file);
    if (pause.isDue && !(await pause.take())) return false;
  }
  return true;
}
