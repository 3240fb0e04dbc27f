/** The probe, for the command line and the language server. */
export { parseResolve, type ResolveOverride } from "./address";
export type { DeclaredPolicy, Drift } from "./drift";
export { PROBE_ONLY_IDS, SOURCE_IDS, type FindingId, type ProbeFinding } from "./finding";
export { judgeFile, type JudgeOptions, type JudgeResult } from "./judge-file";
export {
  makePlan,
  PlanError,
  type ApiDescription,
  type PlanInput,
  type ProbePlan,
  type RouteDescription,
} from "./plan";
export { curlOf, probeReportText } from "./report-text";
export { probe, probeAndRecord, type ProbeOptions, type ProbeReport } from "./run";
export type { Verdict } from "./verdicts";
export type { WireExchange } from "./wire";
