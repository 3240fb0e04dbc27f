/** Hovers, in Markdown: a policy in effect, a call and what becomes of it. */
import { hiddenText, policyRows, sequence, verdictSentence } from "../explain";
import { callOf, explainCall, hiddenHeaders, likelyOrigin } from "../gateway";
import type { BrowserRequest, CorsModel, CorsPolicy } from "../model/model";
import { apiOf, policyUses } from "../model/query/platform";

/** On a policy: its options in effect. */
export function hoverPolicy(model: CorsModel, policy: CorsPolicy): string {
  const names = policyUses(model).flatMap((use) =>
    use.policy === policy && use.api ? [code(use.api.name)] : [],
  );
  const title = names.length > 0 ? `CORS of ${names.join(", ")}` : "CORS policy";
  const rows = policyRows(policy, code).map(([label, value]) => `| ${label} | ${cell(value)} |`);
  return [`**${title}**`, "", "| option | in effect |", "| :-- | :-- |", ...rows].join("\n");
}

/** On a call of a page: the verdict with Chromium's sentence, then the exchange. `undefined` without an API. */
export function hoverRequest(model: CorsModel, request: BrowserRequest): string | undefined {
  const api = apiOf(request.api?.id, model);
  if (!api) return undefined;
  const calls = `Calls ${code(api.name)}: ${escaped(request.api?.because ?? "")}.`;
  const call = callOf(request, likelyOrigin(api, model.apis));
  if (!call) return `${calls} Too little is known of this call to follow it.`;
  const told = explainCall(model, api, call);
  const said = told.console === undefined ? [] : [code(told.console), ""];
  const why = told.verdict === "allowed" ? "" : ` ${escaped(told.because)}`;
  const names = (request.readsHeaders ?? []).map(({ name }) => name);
  const hidden = hiddenText(hiddenHeaders(model, api, call, names), code);
  return [
    `**${verdictSentence(told, code(call.origin))}**`,
    "",
    ...said,
    calls + why,
    ...(hidden === "" ? [] : ["", hidden]),
    "",
    "```text",
    ...sequence(told),
    "```",
  ].join("\n");
}

/** A code span; what holds backquotes is fenced by more of them. */
function code(text: string): string {
  if (text === "") return "``";
  const fence = "`".repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  return fence.length === 1 ? fence + text + fence : `${fence} ${text} ${fence}`;
}

/** Code spans stay; the rest is shown literally. A bar would end the cell, in code too. */
function cell(text: string): string {
  const parts = text.replace(/\s+/g, " ").split(/(`[^`]*`)/);
  return parts
    .map((part) => (part.startsWith("`") ? part.replaceAll("|", "\\|") : escaped(part)))
    .join("");
}

/** Text as Markdown shows it literally. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, "\\$&");
}
