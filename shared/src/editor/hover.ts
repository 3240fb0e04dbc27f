/** Hovers, in Markdown: a policy in effect, a call and what becomes of it. */
import { originFault } from "../advice/origin";
import { codeBlock, codeSpan, literal } from "../base/markdown";
import { hiddenText, policyRows, sequence, verdictSentence } from "../explain";
import { callOf, explainCall, hiddenHeaders, likelyOrigin } from "../gateway";
import type { BrowserRequest, CorsModel, CorsPolicy } from "../model/model";
import { apiOf, policyUses } from "../model/query/platform";

/** The rows of a policy's table that speak of an option. */
const labels = {
  allowOrigins: ["origins"],
  allowMethods: ["methods"],
  allowHeaders: ["headers"],
  exposeHeaders: ["exposed"],
  allowCredentials: ["credentials"],
  maxAge: ["cache"],
} as const;

export type PolicyOption = keyof typeof labels;

/** On a policy: its options in effect; on one of its options that option alone. What never matches is struck through. */
export function hoverPolicy(model: CorsModel, policy: CorsPolicy, option?: PolicyOption): string {
  const rows = rowsOf(policy, option);
  const names = policyUses(model).flatMap((use) =>
    use.policy === policy && use.api ? [codeSpan(use.api.name)] : [],
  );
  const title = names.length > 0 ? `CORS of ${names.join(", ")}` : "CORS policy";
  return [`**${title}**`, "", "| option | in effect |", "| :-- | :-- |", ...rows].join("\n");
}

function rowsOf(policy: CorsPolicy, option: PolicyOption | undefined): readonly string[] {
  const wanted: readonly string[] | undefined = option && labels[option];
  const quote = (text: string): string =>
    originFault(text, policy.form) ? `~~${codeSpan(text)}~~` : codeSpan(text);
  return policyRows(policy, (text) => codeSpan(text))
    .filter(([label]) => wanted?.includes(label) ?? true)
    .map(([label, value]) => {
      const isOrigins = label === "origins";
      const struck = isOrigins
        ? (policyRows(policy, quote).find(([each]) => each === label)?.[1] ?? value)
        : value;
      return `| ${label} | ${cell(struck)} |`;
    });
}

/** On a call of a page: the verdict with Chromium's sentence, then the exchange. `undefined` without an API. */
export function hoverRequest(model: CorsModel, request: BrowserRequest): string | undefined {
  const api = apiOf(request.api?.id, model);
  if (!api) return undefined;
  const calls = `Calls ${codeSpan(api.name)}: ${literal(request.api?.because ?? "")}.`;
  const call = callOf(request, likelyOrigin(api, model.apis));
  if (!call) return `${calls} Too little is known of this call to follow it.`;
  const told = explainCall(model, api, call);
  const said = told.console === undefined ? [] : [codeSpan(told.console), ""];
  const why = told.verdict === "allowed" ? "" : ` ${literal(told.because)}`;
  const names = (request.readsHeaders ?? []).map(({ name }) => name);
  const hidden = hiddenText(hiddenHeaders(model, api, call, names), codeSpan);
  return [
    `**${verdictSentence(told, codeSpan(call.origin))}**`,
    "",
    ...said,
    calls + why,
    ...(hidden === "" ? [] : ["", hidden]),
    "",
    ...codeBlock(sequence(told)),
  ].join("\n");
}

/** Code spans stay; the rest is shown literally. A bar would end the cell, in code too. */
function cell(text: string): string {
  const parts = text.replace(/\s+/g, " ").split(/((?:~~)?`[^`]*`(?:~~)?)/);
  return parts
    .map((part) => (/^(~~)?`/.test(part) ? part.replaceAll("|", "\\|") : literal(part)))
    .join("");
}
