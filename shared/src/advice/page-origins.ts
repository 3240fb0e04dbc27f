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
  const handlers = handlersOf(api, model).flatMap((handler) =>
    handler.responses.flatMap((response) =>
      headersNamed(response, ALLOW_ORIGIN).flatMap(({ value }) =>
        branches<string | number | boolean>(value).flatMap((branch) => {
          if (branch.kind === "known") return [String(branch.value)];
          if (branch.kind !== "fromRequest" || branch.guard.kind !== "exact") return [];
          return possibleLists(branch.guard.allowed).flatMap(({ items }) =>
            items.map((i) => i.value),
          );
        }),
      ),
    ),
  );
  const meant = [...policies, ...handlers].flatMap((text) => meantBy(text) ?? []);
  // Pages in production first: a developer's machine is asked about only when there is room.
  const local = (origin: string) => /^https?:\/\/(localhost|127\.|\[::1\])/.test(origin);
  const distinct = [...new Set(meant)];
  return [...distinct.filter((o) => !local(o)), ...distinct.filter(local)];
}

/** The origin of the page that a text in an allow-list evidently means; a slash too many names a page all the same. */
export function meantBy(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || text.includes("*")) return undefined;
  return originOf(text) ?? undefined;
}
