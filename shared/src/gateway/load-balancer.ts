/** Application Load Balancers in front of functions. Source: AWS, Lambda functions as targets. */
import type { Api } from "../model/model";
import { matchRoute } from "./routes";
import { unknown } from "./types";
import type { ApiRequest, Decision } from "./types";

/** What the load balancer does with a request: the function answers, preflights too; it adds nothing. */
export function decideLoadBalancer(api: Api, request: ApiRequest): Decision {
  const match = matchRoute(api, request);
  if (match.kind === "unknown") return match;
  if (match.kind === "none") return unknown("Another rule of the listener may take it.", api.at);
  const { route } = match;
  return {
    kind: "integration",
    route,
    finish: (answer) => answer,
    failed: {
      kind: "response",
      by: "gateway",
      status: 502,
      headers: [],
      doubts: new Map(),
      because: "The function failed, or the load balancer does not take its answer: Bad Gateway.",
      at: route.at,
    },
  };
}
