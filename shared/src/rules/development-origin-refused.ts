import { isLocalOrigin } from "../advice/page-origins";
import type { Edit } from "../model/edit";
import type { Fix, Problem } from "../finding";
import type { CorsPolicy } from "../model/model";
import type { DevServer } from "../model/request";
import { apiOf } from "../model/query/platform";
import { sharesOrigin } from "../model/query/exposure";
import { possibleLists, type PossibleList } from "../model/value";
import { originOf } from "../browser/url";
import { inWords, twoLineMessage } from "../advice/text";
import { onlyPolicy } from "./lib/page-policy";
import type { Rule } from "./rule";

/** A policy lets developers in, at another address than that of the page that calls the API. */
export const rule: Rule = {
  id: "development-origin-refused",
  summary:
    "A policy allows origins of localhost, but not the one at which the page's development server serves it.",
  severity: "warning",
  browserSays:
    "The 'Access-Control-Allow-Origin' header has a value that is not equal to the supplied origin.",
  failsAt: "preflight-allow-origin-match",
  *check(model): Iterable<Problem> {
    const told = new Set<string>();
    for (const request of model.requests) {
      const api = apiOf(request.api?.id, model);
      const { devServer } = request;
      if (api === undefined || devServer === undefined || sharesOrigin(api)) continue;
      const policy = onlyPolicy(api, request);
      const [list, ...others] = policy ? possibleLists(policy.allowOrigins?.value) : [];
      if (policy === undefined || !list?.complete || others.length > 0) continue;
      const key = `${policy.at.file}:${policy.at.start} ${devServer.origin}`;
      if (told.has(key) || !refuses(list, devServer)) continue;
      told.add(key);
      const local = localOrigins(list);
      yield {
        at: policy.allowOrigins?.name ?? policy.at,
        message: twoLineMessage(
          `The browser refuses pages under development, at ${devServer.origin}.`,
          `The policy allows ${inWords(local)}, and scheme, host and port all count. Allow the development server, or serve the page there.`,
        ),
        related: [
          { at: devServer.at, message: `The page is served at ${devServer.origin}.` },
          { at: request.at, message: "The page calls the API here." },
        ],
        fixes: fixes(policy, list, devServer),
      };
    }
  },
};

const texts = (list: PossibleList): readonly string[] => list.items.map(({ value }) => value);

function localOrigins(list: PossibleList): readonly string[] {
  return texts(list).filter(isLocalOrigin);
}

/** Developers are meant to get in, and these are not. */
function refuses(list: PossibleList, { origin }: DevServer): boolean {
  const scheme = `${origin.slice(0, origin.indexOf(":"))}://*`;
  return (
    localOrigins(list).length > 0 &&
    originOf(origin) === origin &&
    !texts(list).some((text) => [origin, "*", scheme].includes(text))
  );
}

function fixes(policy: CorsPolicy, { at }: PossibleList, { origin }: DevServer): readonly Fix[] {
  if (at === undefined) return [];
  const { form } = policy;
  const edit: Edit = { kind: "addToList", list: at, form, field: "allowOrigins", items: [origin] };
  return [{ title: `Allow ${origin}`, safety: "review", edits: [edit] }];
}
