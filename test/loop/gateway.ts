/** One deployed API: HTTP in, HTTP out. What AWS decides is asked of `shared/gateway`, what handlers do is done. */
import { decisions, type Answer, type Decision } from "../../shared/src/gateway";
import { behaviorFor, forwarded, throughCdn } from "../../shared/src/gateway/cdn";
import { optionsOf } from "../../shared/src/gateway/options";
import { policyHeaders } from "../../shared/src/gateway/policy-headers";
import { mappedAnswers } from "../../shared/src/gateway/rest-api";
import type { Api } from "../../shared/src/model/model";
import { constantOf } from "../../shared/src/model/value";
import { answerOf, eventOf, type FullRequest, type WireAnswer } from "./events";
import { fileOf, type TemplateFunction } from "./functions";
import type { Runtimes } from "./invoke";

/** What is served at one host. */
export interface Deployment {
  readonly api: Api;
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  /** Where the handlers' files are. */
  readonly root: string;
}

export type Gateway = (request: FullRequest) => Promise<WireAnswer>;

/** `inDoubt` hears each part of an answer that AWS does not document. */
export function gatewayOf(
  deployment: Deployment,
  runtimes: Runtimes,
  inDoubt: (because: string) => void,
): Gateway {
  const { api } = deployment;
  const cache = new Map<string, WireAnswer>();

  async function behind(request: FullRequest): Promise<WireAnswer> {
    const [decision, ...others] = decisions(api, request);
    if (!decision || others.length > 0) throw new Error("a template leaves nothing open");
    if (decision.kind === "unknown") throw new Error(decision.because);
    if (decision.kind === "response") return wire(asReported(decision, request), "");
    return integration(decision, request);
  }

  /**
   * AWS does not document whether an HTTP API adds CORS headers to its own errors. Reports of preflights that an
   * authorizer refused quote "It does not have HTTP ok status", which Chromium says only when they are there.
   */
  function asReported(answer: Answer, request: FullRequest): Answer {
    if (api.kind !== "http" || answer.doubts.size === 0 || api.cors.kind !== "policy")
      return answer;
    const [options] = api.cors.of.flatMap(optionsOf);
    if (!options) return answer;
    return {
      ...answer,
      headers: policyHeaders(options, request, request.method === "OPTIONS").headers,
    };
  }

  async function integration(
    { route, finish, failed }: Extract<Decision, { kind: "integration" }>,
    request: FullRequest,
  ): Promise<WireAnswer> {
    const [id] = route.handlers;
    const target = id === undefined ? undefined : deployment.functions.get(id);
    const mapped = route.integration.kind === "lambda" ? undefined : mappedAnswers(route, request);
    if (!target) {
      if (!mapped?.[0]) throw new Error("nothing is known about the integration");
      return wire(finish(mapped[0]), "");
    }
    const payload = route.integration.payload ?? "1.0";
    const { name, language } = target;
    const file = fileOf(target, deployment.root);
    const result = await runtimes.invoke({
      file,
      name,
      language,
      event: eventOf(request, payload, constantOf(route.path) ?? "$default"),
    });
    if (mapped?.[0]) {
      // Not a proxy: the value is the body, and the first mapping is for what is no error.
      return wire(finish(mapped[0]), "value" in result ? JSON.stringify(result.value) : "");
    }
    const answer = "value" in result ? answerOf(result.value, payload) : undefined;
    if (!answer) return wire(failed, "");
    const { status, headers, body } = answer;
    const because = "The handler answered so.";
    const base = { kind: "response", by: "handler", doubts: new Map(), because } as const;
    return wire(finish({ ...base, status, headers }), body);
  }

  function wire({ status, headers, doubts }: Answer, body: string): WireAnswer {
    for (const because of new Set(doubts.values())) inDoubt(because);
    return { status, headers, body };
  }

  /** CloudFront: refuses methods, drops headers, answers from its cache. */
  return async (request) => {
    const door = behaviorFor(api, request.path);
    if (!door) return behind(request);
    const passed = forwarded(door, request);
    if ("kind" in passed) {
      if (passed.kind === "unknown") throw new Error(passed.because);
      return wire(passed, "");
    }
    const caches =
      constantOf(door.originInCacheKey) === false && /^(GET|HEAD)$/.test(request.method);
    const key = `${request.method} ${request.path}?${request.query}`;
    const got = (caches ? cache.get(key) : undefined) ?? (await behind({ ...request, ...passed }));
    if (caches) cache.set(key, got);
    const because = "The API answered so.";
    const base = { kind: "response", by: "gateway", doubts: new Map(), because } as const;
    const [sent] = throughCdn(door, { ...base, ...got }, request);
    if (sent?.kind !== "response") throw new Error("CloudFront's answer is not known");
    return wire(sent, got.body);
  };
}
