/** From what a live endpoint does wrong to the line that makes it so, with the fix of the rule that knows the line. */
import { apiTraits } from "../../../shared/src/model/kinds";
import type { Finding, Fix, Related } from "../../../shared/src/finding";
import type { Api, CorsModel, CorsPolicy, Route } from "../../../shared/src/model/model";
import { handlersOf } from "../../../shared/src/model/query/platform";
import { nested, within, type Span } from "../../../shared/src/ir/span";
import { addItems, setFields } from "../../../shared/src/advice/policy-fix";
import type { Drift } from "./drift";
import type { FindingId, ProbeFinding } from "./finding";
import { type ProbeContext, type SourceLocation, locationOf } from "./place-locations";
import { policiesAt, routesAt, type Target } from "./plan-from-model";
import type { ProbeReport } from "./run";

/** What is known about the API that was probed. */
export interface ProbedApi {
  readonly model: CorsModel;
  readonly api: Api;
  readonly target: Target;
  /** What the rules say about the source. */
  readonly findings: readonly Finding[];
}

/** A live finding and where it comes from. */
export interface LocatedFinding {
  readonly finding: ProbeFinding;
  /** Absent where no line is to blame: the network, a certificate, an unknown layer. */
  readonly at?: Span;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** Every finding of the report with its place, in the report's order. */
export function placeFindings(report: ProbeReport, site: ProbedApi): readonly LocatedFinding[] {
  const placed = report.findings.map((finding) =>
    placeFinding(finding, site, routesAt(site.target, finding.url), report.drift),
  );
  // Several routes under one policy fail at one line: that is said once.
  const distinct = placed.map((each) => [identity(each), each] as const).reverse();
  return [...new Map(distinct).values()].reverse();
}

/** One finding, about these routes, with its place. */
export function placeFinding(
  finding: ProbeFinding,
  site: ProbedApi,
  routes: readonly Route[],
  drift: readonly Drift[] = [],
): LocatedFinding {
  const context: ProbeContext = {
    ...site,
    routes,
    policies: policiesAt(site.api, routes),
    handlers: handlersOf(site.api, site.model).filter(({ id }) =>
      routes.some((route) => route.handlers.includes(id)),
    ),
  };
  return place(finding, context, drift);
}

function identity({ finding: { rule, origin = "", url }, at }: LocatedFinding): string {
  const where = at === undefined ? url : `${at.file}:${String(at.start)}`;
  return `${rule} ${origin} ${where}`;
}

/** The place of a contradiction between code and endpoint: the option that says otherwise. */
export function placeOfDrift({ field, url }: Drift, { api, target }: ProbedApi): Span | undefined {
  const [policy] = policiesAt(api, routesAt(target, url));
  return policy?.[field]?.name ?? policy?.at;
}

/** The report with files and lines; `where` turns a place into them. */
export function locatedReport(
  report: ProbeReport,
  placed: readonly LocatedFinding[],
  site: ProbedApi,
  where: (at: Span) => { readonly file: string; readonly line: number },
): ProbeReport {
  return {
    ...report,
    findings: placed.map(({ finding, at }) => (at ? { ...finding, ...where(at) } : finding)),
    drift: report.drift.map((drift) => {
      const at = placeOfDrift(drift, site);
      return at ? { ...drift, ...where(at) } : drift;
    }),
  };
}

function place(
  finding: ProbeFinding,
  context: ProbeContext,
  drifts: readonly Drift[],
): LocatedFinding {
  const spot = locationOf(finding, context);
  if (spot === undefined) return { finding, related: [], fixes: [] };
  const drift = drifts.find(({ field }) => fieldOf[finding.rule] === field);
  const contradicted = drift !== undefined && spot.asWritten !== true;
  const known = fromSource(finding, spot, context);
  if (known !== undefined && (!contradicted || nested(known.at, spot.entry ?? spot.at))) {
    const { at, related, fixes } = known;
    return { finding: named(finding, known), at, related, fixes };
  }
  if (contradicted) return drifted(finding, spot.at, drift);
  return { finding, at: spot.at, related: [], fixes: fixesFor(finding, context) };
}

/** Seen from outside a misspelt origin is no entry at all; the code tells which entry was meant. */
function named(finding: ProbeFinding, { rule, message, severity }: Finding): ProbeFinding {
  if (rule !== "origin-never-matches" || finding.rule === rule) return finding;
  const [, why = ""] = message.split("\n");
  const browser = `Browsers block pages at ${finding.origin ?? ""}: the endpoint does not know them.`;
  return { ...finding, rule, severity, message: `${browser}\n${why}` };
}

/** The line is right and the endpoint does something else: nothing to change here, something to deploy. */
function drifted(finding: ProbeFinding, at: Span, { message, layer }: Drift): LocatedFinding {
  const [browser = ""] = finding.message.split("\n");
  const who = layer === undefined ? "another layer" : layer;
  const why = `Drift: ${message}. Deploy this code, or look at what answers: ${who}.`;
  return { finding: { ...finding, message: `${browser}\n${why}` }, at, related: [], fixes: [] };
}

const fieldOf: Partial<Record<FindingId, Drift["field"]>> = {
  "allow-methods-missing": "allowMethods",
  "allow-headers-missing": "allowHeaders",
  "cors-not-configured": "allowOrigins",
  "credentials-value-invalid": "allowCredentials",
  "max-age-beyond-browsers": "maxAge",
  "origin-never-matches": "allowOrigins",
  "preflight-not-ok": "allowOrigins",
  "request-refused-by-policy": "allowOrigins",
};

/** Rules over the source that describe the same state of affairs under another id, because they see its cause. */
const causes: Partial<Record<FindingId, readonly string[]>> = {
  "allow-origin-multiple-values": ["cors-headers-sent-twice"],
  "cors-not-configured": ["origin-never-matches", "allow-origins-missing"],
  "error-response-without-allow-origin": [
    "gateway-responses-without-cors",
    "unhandled-error-without-allow-origin",
  ],
  "max-age-beyond-browsers": ["max-age-out-of-range"],
  "preflight-not-ok": [
    "preflight-answer-not-ok",
    "options-method-missing",
    "cors-not-configured",
    "preflight-reaches-handler",
    "cdn-refuses-options",
    "function-url-options-method",
    "binary-media-breaks-preflight",
    "middleware-misplaced",
    "origin-never-matches",
    "allow-origins-missing",
  ],
  "request-refused-by-policy": ["origin-never-matches", "allow-origins-missing"],
  "success-response-without-allow-origin": [
    "cors-header-misspelled",
    "cors-headers-in-body",
    "integration-response-without-cors",
    "middleware-misplaced",
    "origin-never-matches",
  ],
  "wildcard-origin-with-credentials": ["response-wildcard-with-credentials"],
};

/** What a rule says about the very place, else about this API for the same reason. */
function fromSource(
  finding: ProbeFinding,
  { at: spot, entry = spot, asWritten }: SourceLocation,
  context: ProbeContext,
): Finding | undefined {
  const ids: readonly string[] = [finding.rule, ...(causes[finding.rule] ?? [])];
  const akin = context.findings.filter(({ rule }) => ids.includes(rule));
  const here = akin.find(({ at }) => nested(at, entry));
  if (here !== undefined || asWritten) return here;
  // Which of several origins or headers is meant is known by the place only.
  const elsewhere = akin.filter(
    ({ rule, at }) => rule !== "origin-never-matches" && belongs(at, context),
  );
  return ids.flatMap((id) => elsewhere.filter(({ rule }) => rule === id))[0];
}

function belongs(at: Span, { api, routes, policies, handlers }: ProbeContext): boolean {
  const inRoutes = routes.some((route: Route) => within(at, route.call ?? route.at));
  const inPolicies = policies.some((policy) => within(at, policy.block ?? policy.at));
  const inHandlers = handlers.some((handler) =>
    handler.responses.some(({ expression }) => within(at, expression)),
  );
  return within(at, api.call) || inRoutes || inPolicies || inHandlers;
}

/** What a rule over the source cannot know, because only the wire or the user said it: an origin, a method, a header. */
function fixesFor(finding: ProbeFinding, { api, policies }: ProbeContext): readonly Fix[] {
  const [policy, ...others] = policies;
  if (policy === undefined || others.length > 0) return [];
  switch (finding.rule) {
    case "request-refused-by-policy":
    case "cors-not-configured":
      return originFix(policy, finding.origin);
    case "allow-methods-missing":
      return addItems(policy, "allowMethods", lacking(finding), lacking(finding), "review");
    case "allow-headers-missing":
      return addItems(policy, "allowHeaders", lacking(finding), lacking(finding), "review");
    case "response-header-not-exposed":
      // A REST API's policy exposes headers of the answer to OPTIONS alone.
      return apiTraits[api.kind].policyOnResponses === "nothing"
        ? []
        : addItems(policy, "exposeHeaders", lacking(finding), lacking(finding), "review");
    default:
      return [];
  }
}

function lacking({ missing }: ProbeFinding): readonly string[] {
  return missing ?? [];
}

function originFix(policy: CorsPolicy, origin: string | undefined): readonly Fix[] {
  const value = policy.allowOrigins?.value;
  if (origin === undefined || value?.kind !== "known") return [];
  const present = value.value.some((item) => item.kind === "known" && item.value === origin);
  if (present) {
    return setFields(policy, { allowCredentials: true }, "Allow credentials", "review");
  }
  const { form } = policy;
  return [
    {
      title: `Allow ${origin}`,
      safety: "review",
      edits: [{ kind: "addToList", list: value.at, form, field: "allowOrigins", items: [origin] }],
    },
  ];
}
