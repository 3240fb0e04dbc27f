/** May this page make this call, and if not, at which step? The whole exchange, told in order. */
import { apiTraits } from "../model/kinds";
import type { HeaderList } from "../browser/bytes";
import { needsPreflight, normalizeMethod } from "../browser/preflight";
import { PROFILES } from "../browser/profile";
import { requestHeaders, unsafeRequestHeaderNames } from "../browser/request-headers";
import type { StepId } from "../browser/steps";
import type { Credentials, ScriptRequest } from "../browser/types";
import { parseUrl } from "../browser/url";
import type { Api, CorsModel } from "../model/model";
import type { Span } from "../ir/span";
import { sharesOrigin } from "../model/query/exposure";
import { answers, type Entrance } from "./answers";
import { behaviorFor } from "./cdn";
import type { ApiRequest, PossibleAnswer } from "./types";
import {
  placeOf,
  rulePreflight,
  ruleResponse,
  together,
  type Ruling,
  type Verdict,
} from "./verdict";

/** A call as a page makes it. */
export interface PageCall {
  /** The page's serialized origin. */
  readonly origin: string;
  readonly method: string;
  /** As the API's routes see it, without the stage. */
  readonly path: string;
  readonly headers: HeaderList;
  readonly credentials: Credentials;
  readonly api?: "fetch" | "xhr";
  /** The way to the API, when it is known: `cdn` through CloudFront, `direct` past it. */
  readonly way?: Entrance;
  /** The browser was given its permission already: it kept it, or its console says that the preflight passed. */
  readonly permitted?: true;
  /** The URL in the console sentence; made up from the API's kind when absent. */
  readonly url?: string;
}

export type Party = "page" | "browser" | "cdn" | "gateway" | "handler";

/** One line of the sequence. */
export interface ExchangeStep {
  readonly from: Party;
  readonly to: Party;
  readonly says: string;
  /** The headers that matter, as they stand on the wire. */
  readonly headers: HeaderList;
  /** `stops` where the exchange ends; `doubtful` where what follows cannot be known. */
  readonly outcome: "goes-on" | "stops" | "doubtful";
  readonly at?: Span;
}

export interface Explanation {
  readonly verdict: Verdict;
  /** The step of the browser's procedure that fails, or may fail. */
  readonly failsAt?: StepId;
  /** Chromium's console line. */
  readonly console?: string;
  /** One sentence: why. */
  readonly because: string;
  readonly at?: Span;
  /** Absent when the browser asks no permission. */
  readonly preflight?: { readonly request: ApiRequest; readonly rulings: readonly Ruling[] };
  /** Absent when the request is not sent. */
  readonly response?: { readonly request: ApiRequest; readonly rulings: readonly Ruling[] };
  readonly steps: readonly ExchangeStep[];
}

/** Tells the exchange of a page's call with an API, and whether the browser hands the response over. */
export function explainCall(model: CorsModel, api: Api, call: PageCall): Explanation {
  const script = scriptRequest(api, call);
  const sent = requestHeaders(script.headers, null, PROFILES.browsers);
  const steps: ExchangeStep[] = [pageStep(call, sent)];
  if (sharesOrigin(api)) return sameOrigin(steps);
  const unsafeNames = unsafeRequestHeaderNames(sent, PROFILES.browsers);
  const method = normalizeMethod(call.method);
  const asks = needsPreflight({
    method,
    unsafeNames,
    credentials: call.credentials,
    forced: false,
  });
  const actual: ApiRequest = {
    method,
    path: call.path,
    headers: [...sent, ["Origin", call.origin]],
  };
  if (!asks || call.permitted)
    return concluded(
      model,
      api,
      { script, ...(call.way ? { way: call.way } : {}) },
      actual,
      steps,
      undefined,
    );
  const preflight = preflightOf(call, method, unsafeNames);
  const found = answers(model, api, preflight, call.way).map((answer) =>
    rulePreflight(script, answer),
  );
  const { verdict, decisive } = together(found);
  steps.push(...stages(api, preflight, found, verdict));
  if (verdict === "blocked" || verdict === "unknown") {
    return {
      ...conclusion(verdict, decisive),
      preflight: { request: preflight, rulings: found },
      steps,
    };
  }
  return concluded(model, api, { script, ...(call.way ? { way: call.way } : {}) }, actual, steps, {
    request: preflight,
    rulings: found,
  });
}

/** The call as the browser's procedure takes it. */
export function scriptRequest(api: Api, call: PageCall): ScriptRequest {
  const { origin, method, headers, credentials } = call;
  const url = call.url ?? `${apiTraits[api.kind].placeholder}${call.path}`;
  return {
    origin,
    url,
    method,
    headers,
    credentials,
    mode: "cors",
    redirect: "follow",
    api: call.api ?? "fetch",
    body: null,
  };
}

function preflightOf(call: PageCall, method: string, unsafeNames: readonly string[]): ApiRequest {
  const asked: HeaderList =
    unsafeNames.length > 0 ? [["Access-Control-Request-Headers", unsafeNames.join(",")]] : [];
  return {
    method: "OPTIONS",
    path: call.path,
    headers: [["Origin", call.origin], ["Access-Control-Request-Method", method], ...asked],
  };
}

/** The second half: the request itself. */
function concluded(
  model: CorsModel,
  api: Api,
  { script, way }: { script: ScriptRequest; way?: Entrance },
  request: ApiRequest,
  steps: ExchangeStep[],
  preflight: Explanation["preflight"],
): Explanation {
  const rulings = answers(model, api, request, way).map((answer) => ruleResponse(script, answer));
  const real = together(rulings);
  const asked = preflight ? together(preflight.rulings) : undefined;
  steps.push(...stages(api, request, rulings, real.verdict));
  const half = asked?.verdict === "conditional" && real.verdict !== "blocked" ? asked : real;
  const gate = gateOf(script);
  const { verdict, decisive } = gate ? { verdict: "blocked" as const, decisive: undefined } : half;
  return {
    ...conclusion(verdict, decisive),
    ...(gate ? { because: gate } : {}),
    ...(preflight ? { preflight } : {}),
    response: { request, rulings },
    steps,
  };
}

/** Faults of the call itself, before anything is sent. */
function gateOf(script: ScriptRequest): string | undefined {
  return parseUrl(script.url) === null ? `The URL ${script.url} does not parse.` : undefined;
}

function conclusion(verdict: Verdict, decisive: Ruling | undefined): Omit<Explanation, "steps"> {
  const place = decisive && placeOf(decisive);
  const because = decisive?.because ?? decisive?.answer.because ?? "";
  return {
    verdict,
    because,
    ...(decisive?.failsAt ? { failsAt: decisive.failsAt } : {}),
    ...(decisive?.console === undefined ? {} : { console: decisive.console }),
    ...(place ? { at: place } : {}),
  };
}

function sameOrigin(steps: ExchangeStep[]): Explanation {
  const because =
    "Pages and API come from one CloudFront distribution: they share an origin, and CORS does not apply.";
  return { verdict: "allowed", because, steps };
}

function pageStep(call: PageCall, headers: HeaderList): ExchangeStep {
  const cookies = call.credentials === "include" ? ", with credentials" : "";
  return {
    from: "page",
    to: "browser",
    says: `${call.method} ${call.path}${cookies}`,
    headers,
    outcome: "goes-on",
  };
}

/** Request and answers of one half, with the parties that they pass. */
function stages(
  api: Api,
  request: ApiRequest,
  rulings: readonly Ruling[],
  verdict: Verdict,
): readonly ExchangeStep[] {
  const chain: Party[] = [
    "browser",
    ...(behaviorFor(api, request.path) ? (["cdn"] as const) : []),
    "gateway",
  ];
  const answerers = rulings.map(({ answer }) =>
    answer.kind === "response" ? answer.by : undefined,
  );
  if (answerers.includes("handler")) chain.push("handler");
  else if (answerers.length > 0 && answerers.every((by) => by === "cdn") && chain.includes("cdn"))
    chain.pop();
  const says = `${request.method} ${request.path}`;
  const there = chain.slice(1).map((to, index): ExchangeStep => ({
    from: chain[index] ?? "browser",
    to,
    says,
    headers: request.headers,
    outcome: "goes-on",
  }));
  const last = chain.at(-1) ?? "gateway";
  const back = rulings.map((ruling) => backStep(last, ruling));
  return [
    ...there,
    ...distinct(back),
    ...(verdict === "allowed" && request.method !== "OPTIONS" ? [handedOver] : []),
  ];
}

function backStep(from: Party, { answer, verdict }: Ruling): ExchangeStep {
  const outcome = verdict === "allowed" ? "goes-on" : verdict === "blocked" ? "stops" : "doubtful";
  const place = answer.at ? { at: answer.at } : {};
  if (answer.kind === "unknown")
    return { from, to: "browser", says: "?", headers: [], outcome, ...place };
  const by: Party = answer.by;
  const says = answer.doubts.has(":status") ? "an answer" : String(answer.status);
  return { from: by, to: "browser", says, headers: corsOnly(answer), outcome, ...place };
}

function corsOnly(answer: Extract<PossibleAnswer, { kind: "response" }>): HeaderList {
  return answer.headers.filter(([name]) => /^(access-control-|vary$)/i.test(name));
}

const handedOver: ExchangeStep = {
  from: "browser",
  to: "page",
  says: "the response",
  headers: [],
  outcome: "goes-on",
};

/** Equal answers appear once. */
function distinct(steps: readonly ExchangeStep[]): readonly ExchangeStep[] {
  const seen = new Set<string>();
  return steps.filter((step) => {
    const key = JSON.stringify([step.from, step.says, step.headers, step.outcome]);
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}
