import type { Edit } from "../model/edit";
import type { Fix } from "../finding";
import type { BrowserRequest, CorsModel, CorsPolicy } from "../model/model";
import type { Site } from "../model/site";
import { sharesOrigin } from "../model/query/exposure";
import { apiOf, effective } from "../model/query/platform";
import { possibleLists, type PossibleList } from "../model/value";
import { sameSpan } from "../ir/span";
import { onlyPolicy } from "./lib/page-policy";
import { inWords, titleOf, twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** The application's own distribution serves the pages that call an API, and its policy allows none of its names. */
export const rule: Rule = {
  id: "site-name-not-allowed",
  summary: "A policy allows none of the names of the distribution that serves the pages.",
  severity: "warning",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "response-allow-origin-present",
  *check(model) {
    const site = onlySite(model);
    const origins = site && originsOf(site);
    if (site === undefined || origins === undefined) return;
    const told = new Set<CorsPolicy>();
    for (const request of model.requests) {
      const policy = policyOf(request, model);
      const [list, ...others] = (policy && effective(policy, "allowOrigins")) ?? [];
      if (policy === undefined || !list?.complete || others.length > 0) continue;
      if (told.has(policy) || !refusesAll(list, origins)) continue;
      told.add(policy);
      yield {
        at: policy.allowOrigins?.name ?? policy.at,
        message: twoLineMessage(
          `The browser refuses the pages at ${origins[0] ?? ""}: the policy does not name them.`,
          `The application's distribution serves its pages at ${inWords(origins)}. Scheme and host count, so www and the name without it are two origins. Allow those that pages are opened at.`,
        ),
        related: [
          { at: site.names?.at ?? site.at, message: "The pages are served here." },
          { at: request.at, message: "The page calls the API here." },
        ],
        fixes: fixes(policy, list, origins),
      };
    }
  },
};

/** One construct, though the program may make it several times with the same names. */
function onlySite({ sites = [] }: CorsModel): Site | undefined {
  const [first, ...others] = sites;
  return others.length === 0 ||
    others.every((site) => first && sameSpan(site.at, first.at) && isSame(site, first))
    ? first
    : undefined;
}

function isSame(a: Site, b: Site): boolean {
  return JSON.stringify(originsOf(a)) === JSON.stringify(originsOf(b));
}

/** The origins of its pages, where every name is known and none is a pattern. */
function originsOf({ names }: Site): readonly string[] | undefined {
  const [list, ...others] = possibleLists(names);
  if (!list?.complete || others.length > 0 || list.items.length === 0) return undefined;
  const texts = list.items.map(({ value }) => value.toLowerCase());
  return texts.some((text) => !/^[a-z0-9.-]+$/.test(text))
    ? undefined
    : texts.map((text) => `https://${text}`);
}

function policyOf(request: BrowserRequest, model: CorsModel): CorsPolicy | undefined {
  const api = apiOf(request.api?.id, model);
  return api === undefined || sharesOrigin(api) || api.behaviors.some((b) => b.servesPages)
    ? undefined
    : onlyPolicy(api, request);
}

/** None of them is allowed, by a list of whole origins: what other texts allow is told elsewhere. */
function refusesAll({ items }: PossibleList, origins: readonly string[]): boolean {
  const texts = items.map(({ value }) => value.toLowerCase());
  return (
    texts.length > 0 &&
    texts.every((text) => /^https?:\/\/[^/*\s,]+$/.test(text)) &&
    !texts.some((text) => origins.includes(text))
  );
}

function fixes(
  policy: CorsPolicy,
  { at }: PossibleList,
  origins: readonly string[],
): readonly Fix[] {
  if (at === undefined) return [];
  const { form } = policy;
  const edit: Edit = {
    kind: "addToList",
    list: at,
    form,
    field: "allowOrigins",
    items: origins,
  };
  return [{ title: titleOf("Allow", origins, "origins"), safety: "review", edits: [edit] }];
}
