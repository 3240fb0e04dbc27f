/** One application, checked: link, then analyze. */
import { setImmediate } from "node:timers/promises";
import { analyze } from "../../../shared/src/analyze";
import type { Finding, Severity } from "../../../shared/src/finding";
import type { CorsModel } from "../../../shared/src/model/model";
import type { Project } from "../../../shared/src/model/project";
import type { RuleContext } from "../../../shared/src/rules/context";
import type { Rule } from "../../../shared/src/rules/rule";
import type { AppProject } from "./app-project";
import type { Frontends } from "./languages";
import { languageOf } from "./prefilter";
import type { Sources } from "./sources";

/** The parts that a check is made of; tests put in others. */
export interface Engine {
  readonly frontends: Frontends;
  readonly link: (project: Project) => CorsModel;
  readonly rules: readonly Rule[];
}

export interface CheckOptions {
  readonly context: RuleContext;
  readonly severities: Readonly<Record<string, Severity | "off">>;
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

/** Links and analyzes a project whose frontends are loaded. */
export function checkProject(project: Project, engine: Engine, options: CheckOptions): Checked {
  try {
    const model = engine.link(project);
    const findings = analyze(model, {
      rules: engine.rules,
      context: options.context,
      severities: options.severities,
      facts: (file) => project.facts(file),
      files: project.candidates,
    });
    const { ignored } = options;
    return { model, findings: ignored ? findings.filter(({ at }) => !ignored(at.file)) : findings };
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    return { model: nothing, findings: [], failure };
  }
}

/** How long reading may keep the process from answering anything else, in milliseconds. */
const slice = 20;

/** Loads the frontends that the candidates need and reads the candidates, with pauses. Rejects when aborted. */
export async function readAhead(
  project: AppProject,
  sources: Sources,
  signal?: AbortSignal,
): Promise<void> {
  await sources.load(project.candidates.flatMap((file) => languageOf(file) ?? []));
  let began = performance.now();
  for (const file of project.candidates) {
    sources.facts(file);
    if (performance.now() - began < slice) continue;
    await setImmediate();
    signal?.throwIfAborted();
    began = performance.now();
  }
}
