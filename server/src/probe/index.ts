/** The probe, for the command line and the language server. */
export { agreedRequests, requestBytes } from "./agreed";
export { cellsOf } from "./cells";
export { addressesFor, deployedAddresses, isNamedAfter } from "./deployed";
export type { ProbeFinding } from "./finding";
export { judgeFile } from "./judge-file";
export {
  locatedReport,
  type LocatedFinding as Placed,
  placeFindings,
  type ProbedApi as Site,
} from "./place";
export { makePlan, PlanError } from "./plan";
export { originsOf } from "../../../shared/src/advice/page-origins";
export { targetOf } from "./plan-from-model";
export { printableLine as printable } from "../../../shared/src/base/printable";
export { probeReportText } from "./report-text";
export { probe, probeAndRecord, type ProbeOptions, type ProbeReport } from "./run";
