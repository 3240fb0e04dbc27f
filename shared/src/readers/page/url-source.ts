/** URLs that a page got from an answer, as those that a server signs. */
import type { AbstractValue, ExternValue } from "../../interpreter/core/values";
import { alternatives } from "../../interpreter/core/values";
import type { Draft } from "./call-draft";

/** The call whose response gave the whole URL of another: `fetch((await response.json()).url)`. */
export function sourceOf(
  { target }: Draft,
  responses: ReadonlyMap<ExternValue, Draft>,
): Draft | undefined {
  const sources = (target ? alternatives(target) : []).flatMap((each) =>
    responseOf(each, responses),
  );
  const [source, ...others] = new Set(sources);
  return others.length === 0 ? source : undefined;
}

function responseOf(
  value: AbstractValue,
  responses: ReadonlyMap<ExternValue, Draft>,
): readonly Draft[] {
  let part: ExternValue | undefined = value.t === "extern" ? value : undefined;
  // The response itself is no URL: something is read of it.
  for (let first = true; part !== undefined; first = false) {
    const found = responses.get(part);
    if (found) return first ? [] : [found];
    part = outerOf(part);
  }
  return [];
}

/** What a value was read of: `body` of `body.url`, `response` of `response.json()`. */
function outerOf({ made }: ExternValue): ExternValue | undefined {
  if (made.by === "member") return made.of;
  return made.by === "call" && made.callee.made.by === "member" ? made.callee.made.of : undefined;
}

/** The drafts by their responses. */
export function byResponse(drafts: readonly Draft[]): ReadonlyMap<ExternValue, Draft> {
  return new Map(
    drafts.flatMap((draft) => (draft.response ? [[draft.response, draft] as const] : [])),
  );
}
