/** The pages that the code has in mind. */
import { originOf } from "../browser/url";
import type { Api, CorsModel } from "../model/model";
import { handlersOf, policiesOf } from "../model/query/platform";
import { ALLOW_ORIGIN, headersNamed } from "../model/query/responses";
import { branches, possibleLists } from "../model/value";

/** The origins of pages that the code names: in policies, then in the allow-lists and headers of handlers. */
export function originsOf(model: CorsModel, api: Api): readonly string[] {
  const policies = policiesOf(api).flatMap((policy) =>
    possibleLists(policy.allowOrigins?.value).flatMap(({ items }) =>
      items.map(({ value }) => value),
    ),
  );
  const meant = [...policies, ...sentOrigins(model, api)].flatMap((text) => meantBy(text) ?? []);
  // Pages in production first: a developer's machine is asked about only when there is room.
  const distinct = [...new Set(meant)];
  return [...distinct.filter((o) => !isLocalOrigin(o)), ...distinct.filter(isLocalOrigin)];
}

/** What the API's handlers send as Access-Control-Allow-Origin: texts, and the entries of lists that they compare with. */
export function sentOrigins(model: CorsModel, api: Api): readonly string[] {
  return handlersOf(api, model)
    .flatMap(({ responses }) => responses)
    .flatMap((response) => headersNamed(response, ALLOW_ORIGIN))
    .flatMap(({ value }) => branches<string | number | boolean>(value))
    .flatMap((branch) => {
      if (branch.kind === "known") return [String(branch.value)];
      if (branch.kind !== "fromRequest" || branch.guard.kind !== "exact") return [];
      return possibleLists(branch.guard.allowed).flatMap(({ items }) =>
        items.map(({ value }) => value),
      );
    });
}

/** Whether it is the origin of a page on the developer's machine. */
export function isLocalOrigin(text: string): boolean {
  return /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(text);
}

/** The origin of the page that a text in an allow-list evidently means; a slash too many names a page all the same. */
export function meantBy(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || text.includes("*")) return undefined;
  return originOf(text) ?? undefined;
}
