/**
 * Headers that tracing libraries add to the requests of a page, each to the URLs that their options name. Which they are
 * was read in the published code: @sentry/browser 9.47 (`tracing/request.js`, text is looked for anywhere in the URL),
 * @datadog/browser-rum-core 7.16 (`tracing/tracer.js`, text begins the URL), aws-rum-web 1 (`FetchPlugin.js`) and
 * @opentelemetry/instrumentation-fetch 0.223 with sdk-trace-web 2.12 (`shouldPropagateTraceHeaders`).
 */
import type { Evaluation } from "../../interpreter/core/state";
import type { AbstractValue, ExternValue } from "../../interpreter/core/values";
import type { Span } from "../../ir/span";
import type { HeaderField } from "../../model/model";
import { argument, classOf, toProps } from "../library-value";
import type { Draft } from "./call-draft";
import { urlParts } from "./url";

/** What one library adds, and to which requests. */
interface Tracer {
  readonly headers: readonly string[];
  /** Where it is told to. */
  readonly at: Span;
  readonly matches: (draft: Draft) => boolean;
}

/** The requests with what the page's tracing libraries add to them. */
export function withTracing(run: Evaluation, drafts: readonly Draft[]): readonly Draft[] {
  const tracers = run.events.flatMap((event) =>
    event.k === "call" && !event.conditional ? tracersIn(event.value) : [],
  );
  return tracers.length === 0 ? drafts : drafts.map((draft) => traced(draft, tracers));
}

function traced(draft: Draft, tracers: readonly Tracer[]): Draft {
  const sent = new Set(draft.request.headers.map(({ name }) => name.toLowerCase()));
  const added = tracers
    .filter(({ matches }) => matches(draft))
    .flatMap(({ headers, at }) =>
      headers
        .filter((name) => !sent.has(name) && sent.add(name))
        .map((name): HeaderField => {
          const because = "the tracing library makes it";
          return { name, at, value: { kind: "unknown", because, at } };
        }),
    );
  if (added.length === 0) return draft;
  return { ...draft, request: { ...draft.request, headers: [...draft.request.headers, ...added] } };
}

function tracersIn(value: ExternValue): readonly Tracer[] {
  const made = classOf(value) ?? "";
  if (/^npm:@sentry\/[\w-]+\.init$/.test(made)) return sentry(value);
  if (/^npm:@sentry\/[\w-]+\.BrowserTracing$/.test(made))
    return sentryTargets(argument(value, 0, "options"));
  if (/^npm:@datadog\/browser-rum(-slim)?\.datadogRum\.init$/.test(made)) return datadog(value);
  if (/^npm:aws-rum-web\.AwsRum$/.test(made)) return awsRum(value);
  return /^npm:@opentelemetry\/instrumentation-(fetch|xml-http-request)\.\w+Instrumentation$/.test(
    made,
  )
    ? openTelemetry(value)
    : [];
}

type Match = (target: AbstractValue, draft: Draft) => boolean;

function tracersFor(
  targets: { readonly value: AbstractValue; readonly name: Span } | undefined,
  headers: readonly string[],
  match: Match,
): readonly Tracer[] {
  if (targets?.value.t !== "array") return [];
  return targets.value.items.map((target) => ({
    headers,
    at: targets.name,
    matches: (draft) => match(target, draft),
  }));
}

/** `tracePropagationTargets` beside `browserTracingIntegration()`, which has none by itself for other origins. */
function sentry(value: ExternValue): readonly Tracer[] {
  const options = argument(value, 0, "options");
  const integrations = toProps(options)?.slots.get("integrations")?.value;
  const items = integrations?.t === "array" ? integrations.items : [];
  const traces = items.some(
    (item) => item.t === "extern" && /\.\w*[bB]rowserTracing\w*$/.test(classOf(item) ?? ""),
  );
  return traces ? sentryTargets(options) : [];
}

function sentryTargets(options: AbstractValue | undefined): readonly Tracer[] {
  const targets = toProps(options)?.slots.get("tracePropagationTargets");
  return tracersFor(targets, ["sentry-trace", "baggage"], contains);
}

/** `allowedTracingUrls: [url, { match: url, propagatorTypes: ["tracecontext"] }]` */
function datadog(value: ExternValue): readonly Tracer[] {
  const targets = toProps(argument(value, 0, "options"))?.slots.get("allowedTracingUrls");
  if (targets?.value.t !== "array") return [];
  return targets.value.items.flatMap((item): readonly Tracer[] => {
    const slots = item.t === "object" ? toProps(item)?.slots : undefined;
    const match = slots ? slots.get("match")?.value : item;
    const headers = propagated(slots?.get("propagatorTypes")?.value);
    if (match === undefined || headers === undefined) return [];
    return [{ headers, at: targets.name, matches: (draft) => begins(match, draft) }];
  });
}

const datadogHeaders: Readonly<Record<string, readonly string[]>> = {
  datadog: [
    "x-datadog-origin",
    "x-datadog-parent-id",
    "x-datadog-sampling-priority",
    "x-datadog-trace-id",
  ],
  tracecontext: ["traceparent", "tracestate"],
  b3: ["b3"],
  b3multi: ["x-b3-traceid", "x-b3-spanid", "x-b3-sampled"],
};

function propagated(types: AbstractValue | undefined): readonly string[] | undefined {
  if (types === undefined)
    return ["tracecontext", "datadog"].flatMap((type) => datadogHeaders[type] ?? []);
  if (types.t !== "array" || types.open !== undefined) return undefined;
  return types.items.flatMap((item) =>
    item.t === "const" ? (datadogHeaders[String(item.value)] ?? []) : [],
  );
}

/** `new AwsRum(id, version, region, { enableXRay, telemetries: [["http", { addXRayTraceIdHeader: true }]] })` */
function awsRum(value: ExternValue): readonly Tracer[] {
  const slots = toProps(argument(value, 3, "config"))?.slots;
  const telemetries = slots?.get("telemetries")?.value;
  if (!isTrue(slots?.get("enableXRay")?.value) || telemetries?.t !== "array") return [];
  return telemetries.items.flatMap((item): readonly Tracer[] => {
    const [name, options] = item.t === "array" ? item.items : [];
    const adds = toProps(options)?.slots.get("addXRayTraceIdHeader");
    if (name?.t !== "const" || name.value !== "http" || !adds || !isTrue(adds.value)) return [];
    return [{ headers: ["x-amzn-trace-id"], at: adds.name, matches: () => true }];
  });
}

const isTrue = (value: AbstractValue | undefined): boolean =>
  value?.t === "const" && value.value === true;

/** `new FetchInstrumentation({ propagateTraceHeaderCorsUrls: [/.*\/] })` */
function openTelemetry(value: ExternValue): readonly Tracer[] {
  const targets = toProps(argument(value, 0, "config"))?.slots.get("propagateTraceHeaderCorsUrls");
  const listed: typeof targets =
    targets && targets.value.t !== "array"
      ? { ...targets, value: { t: "array", items: [targets.value], at: targets.value.at } }
      : targets;
  return tracersFor(listed, ["traceparent"], isEverything);
}

/** A pattern that fits every URL; others are not run. */
function isEverything(target: AbstractValue): boolean {
  return target.t === "regex" && /^\^?(https\??:\\?\/\\?\/)?\.[*+]\$?$/.test(target.pattern);
}

const contains: Match = (target, { request, parts }) => {
  if (isEverything(target)) return true;
  if (target.t !== "const") return isBase(target, parts.base);
  const url = request.url.kind === "known" ? request.url.value : undefined;
  return (
    typeof target.value === "string" && target.value !== "" && url?.includes(target.value) === true
  );
};

const begins: Match = (target, { request, parts }) => {
  if (isEverything(target)) return true;
  if (target.t !== "const") return isBase(target, parts.base);
  const url = request.url.kind === "known" ? request.url.value : undefined;
  return typeof target.value === "string" && url?.startsWith(target.value) === true;
};

/** The same name of an address, with nothing behind it: `import.meta.env.VITE_API_URL`. */
function isBase(target: AbstractValue, base: string | undefined): boolean {
  const named = urlParts(target);
  return base !== undefined && named.base === base && (named.path ?? "/") === "/";
}
