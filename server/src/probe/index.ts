/** The probe, for the command line and the language server. */
export { parseResolve, type ResolveOverride } from "./address";
export { type ProbeFinding } from "./finding";
export { agreedRequests, requestBytes } from "./agreed";
export { makePlan, PlanError } from "./plan";
export { curlOf, probeReportText } from "./report-text";
export { probe, probeAndRecord, type ProbeOptions, type ProbeReport } from "./run";
export type { Verdict } from "./verdicts";
export type { WireExchange } from "./wire";
