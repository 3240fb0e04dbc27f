/** From what a browser wrote to its console to the step, the API, the line and the fix, or to what has to be asked. */
import { originOf, type ConsoleError, type StepId } from "../../../shared/src/browser";
import type { Finding } from "../../../shared/src/finding";
import type { Answerer } from "../../../shared/src/gateway";
import { nested, type Span } from "../../../shared/src/ir/span";
import { apiTraits } from "../../../shared/src/model/kinds";
import { policiesOf } from "../../../shared/src/model/query/platform";
import { placeFinding, type LocatedFinding } from "../probe/place";
import type { FindingId, ProbeFinding } from "../probe/finding";
import { targetOf } from "../probe/plan-from-model";
import { noteOnAddress, noteOnStatus } from "./other-services";
import { replay, type Replay } from "./replay";
import { servedBy, type KnownApp, type Served } from "./served";

export interface ErrorExplanation {
  readonly error: ConsoleError;
  /**
   * `explained`: the code does what the browser complains about. `contradicted`: the code does not. `open`: it cannot be
   * known from the code. `elsewhere`: no API of the workspace has the path. `network`: it is no matter of CORS.
   */
  readonly kind: "explained" | "contradicted" | "open" | "elsewhere" | "network";
  /** The step that failed, or the likeliest of those that the browser's words allow for. */
  readonly step?: StepId;
  readonly replay?: Replay;
  /** One sentence: why the API answers so. */
  readonly because?: string;
  readonly located?: LocatedFinding;
  /** What the rules say at the same place. */
  readonly finding?: Finding;
  /** What is known of the address, or of the status, besides. */
  readonly note?: string;
  /** Other APIs that may have been meant as well. */
  readonly others: readonly Served[];
}

/** The explanation of one error, with the applications of the workspace. */
export function explainError(error: ConsoleError, apps: readonly KnownApp[]): ErrorExplanation {
  if (isNetwork(error)) return { error, kind: "network", others: [], ...stepOf(error.steps[0]) };
  if (error.first === undefined && noteOnAddress(error, apps)?.foreign === true)
    return elsewhere(error, apps);
  const served = servedBy(error.first ?? error.url, apps);
  const replays = served.flatMap((each) => replay(each, error) ?? []);
  const redirect = redirectOf(error, replays);
  if (redirect) return redirect;
  const best =
    replays.find(({ match, request }) => match && request?.api) ??
    replays.find(({ match }) => match) ??
    replays[0];
  if (!best) return elsewhere(error, apps);
  const others = replays.filter(
    (each) => each !== best && (each.match === undefined) === (best.match === undefined),
  );
  const step = best.match?.step ?? error.steps[0] ?? best.told.failsAt;
  const kind = best.match ? "explained" : best.told.verdict === "unknown" ? "open" : "contradicted";
  const located = step && locate(step, best, error);
  const finding = located && findingAt(located, best);
  return {
    error,
    kind,
    replay: best,
    others: others.map((each) => each.served),
    ...stepOf(step),
    ...(located ? { located } : {}),
    ...(finding ? { finding } : {}),
    ...reasonOf(best),
    ...(kind === "explained" ? {} : noteOf(noteOnStatus(error.status, best.served.api))),
  };
}

/** The handler's answer that sent the call to the address which the browser complains about. */
function redirectOf(error: ConsoleError, replays: readonly Replay[]): ErrorExplanation | undefined {
  if (error.first === undefined || error.url === undefined) return undefined;
  const target = originOf(error.url);
  for (const each of replays) {
    const { app, routes } = each.served;
    const ids = routes.flatMap(({ handlers }) => handlers);
    const places = app.model.handlers
      .filter(({ id }) => ids.includes(id))
      .flatMap(({ responses }) => responses.flatMap(({ location }) => location ?? []));
    const place = places.find(({ text }) => originOf(text) === target);
    if (!place) continue;
    const note = noteOnAddress(error, [app])?.why;
    const because = [
      `The function redirects here. The browser follows within the page's call, as origin null, and ${target ?? "the other place"} does not allow that.`,
      note ?? "Answer 401, or 200 with the address, and let the page go there.",
    ].join("\n");
    const located = placed(place.at, error);
    const finding = app.findings.find(({ at }) => nested(at, place.at) || nested(place.at, at));
    return {
      error,
      kind: "explained",
      replay: each,
      because,
      located,
      others: [],
      ...stepOf(error.steps[0]),
      ...(finding ? { finding } : {}),
    };
  }
  return undefined;
}

function elsewhere(error: ConsoleError, apps: readonly KnownApp[]): ErrorExplanation {
  const note = noteOnAddress(error, apps);
  const step = error.steps[0];
  return {
    error,
    kind: "elsewhere",
    others: [],
    ...stepOf(step),
    ...noteOf(note?.why),
    ...(note?.at ? { located: placed(note.at, error) } : {}),
  };
}

/** A line that decides without being an API's. */
function placed(at: Span, { url = "", origin = "" }: ConsoleError): LocatedFinding {
  const finding: ProbeFinding = {
    rule: "endpoint-unreachable",
    severity: "error",
    message: "",
    url,
    origin,
    missing: [],
  };
  return { finding, at, related: [], fixes: [] };
}

function noteOf(note: string | undefined): { readonly note?: string } {
  return note === undefined ? {} : { note };
}

function stepOf(step: StepId | undefined): { readonly step?: StepId } {
  return step ? { step } : {};
}

/** `ERR_FAILED` alone is what Chromium writes for every reason. */
function isNetwork({ netError, steps }: ConsoleError): boolean {
  return (
    (netError !== undefined && netError !== "ERR_FAILED") ||
    (steps.length > 0 &&
      steps.every((step) => step.startsWith("gate-") || step.endsWith("-network")))
  );
}

function reasonOf({ match, told }: Replay): { readonly because?: string } {
  const because = match?.ruling.answer.because ?? told.because;
  return because === "" ? {} : { because };
}

/** What the rules say of the place, the same matter first. */
function findingAt({ at, finding: { rule } }: LocatedFinding, best: Replay): Finding | undefined {
  const there = best.served.app.findings.filter((each) => at && nested(each.at, at));
  return there.find((each) => each.rule === rule) ?? there[0];
}

function locate(step: StepId, best: Replay, error: ConsoleError): LocatedFinding {
  const { served, call, told, match } = best;
  const { app, api } = served;
  const url = `${served.endpoint}${served.path}`;
  const target = targetOf(app.model, api, url, [call.origin]);
  const finding: ProbeFinding = {
    rule: idOf(step, best),
    severity: "error",
    message: "",
    url,
    origin: call.origin,
    missing: missingOf(step, best, error),
  };
  const answer = match?.ruling.answer;
  // A policy that reaches real responses writes their headers, whatever the handler answers.
  const isHandlers =
    apiTraits[api.kind].policyOnResponses === "nothing" || api.cors.kind !== "policy";
  const own =
    isHandlers && answer?.kind === "response" && answer.by === "handler" ? answer.at : undefined;
  if (own && step.startsWith("response-")) return atAnswer(finding, own, app.findings);
  const located = placeFinding(
    finding,
    { model: app.model, api, target, findings: app.findings },
    served.routes,
  );
  // The line that decides is the model's where no option and no rule is to blame.
  const at = located.at ?? answer?.at ?? told.at;
  return { ...located, ...(at ? { at } : {}) };
}

/** The very answer of the handler, not another one of its kind. */
function atAnswer(finding: ProbeFinding, at: Span, findings: readonly Finding[]): LocatedFinding {
  const there = findings.filter((each) => nested(each.at, at));
  const known = there.find(({ rule }) => rule === finding.rule) ?? there[0];
  return known
    ? { finding, at: known.at, related: known.related, fixes: known.fixes }
    : { finding, at, related: [], fixes: [] };
}

/** The finding that a probe would make of an answer that fails at this step. */
function idOf(step: StepId, { served: { api }, match }: Replay): FindingId {
  const check = step.slice(step.indexOf("-") + 1);
  const answer = answerOf(match);
  switch (check) {
    case "allow-origin-present":
      return missingOrigin(step, api, answer);
    case "allow-origin-not-wildcard":
      return "wildcard-origin-with-credentials";
    case "allow-origin-single":
      return "allow-origin-multiple-values";
    case "allow-origin-match":
      return "request-refused-by-policy";
    case "allow-credentials":
      return "credentials-value-invalid";
    case "allow-methods-valid":
    case "method-allowed":
      return "allow-methods-missing";
    case "allow-headers-valid":
    case "header-allowed":
    case "authorization-listed":
      return "allow-headers-missing";
    case "not-redirected":
      return "preflight-redirected";
    case "status-ok":
      return answer.status === 401 || answer.status === 403
        ? "preflight-needs-authorization"
        : "preflight-not-ok";
    default:
      return "endpoint-unreachable";
  }
}

function missingOrigin(step: StepId, api: Served["api"], answer: Stopped): FindingId {
  if (api.cors.kind === "none" && policiesOf(api).length === 0 && step.startsWith("preflight-"))
    return answer.from === "handler" ? "preflight-not-ok" : "cors-not-configured";
  if (step.startsWith("preflight-") || answer.from !== "handler") {
    const failed = (answer.status ?? 200) >= 400;
    return step.startsWith("response-") && failed
      ? "error-response-without-allow-origin"
      : "request-refused-by-policy";
  }
  return (answer.status ?? 200) >= 400
    ? "error-response-without-allow-origin"
    : "success-response-without-allow-origin";
}

interface Stopped {
  readonly from?: Answerer;
  readonly status?: number;
}

/** The answer at which the exchange ends. */
function answerOf(match: Replay["match"]): Stopped {
  const answer = match?.ruling.answer;
  return answer?.kind === "response" ? { from: answer.by, status: answer.status } : {};
}

function missingOf(step: StepId, { call }: Replay, { header }: ConsoleError): readonly string[] {
  if (step === "preflight-method-allowed") return [call.method];
  if (step !== "preflight-header-allowed" && step !== "preflight-authorization-listed") return [];
  return header === undefined ? call.headers.map(([name]) => name.toLowerCase()) : [header];
}
