/** Fixes that change a policy. */
import { traitsOf } from "../model/kinds";
import type { Fix, Safety } from "../finding";
import type { Edit, NewPolicy, PolicyField } from "../model/edit";
import type { CorsModel, CorsPolicy } from "../model/model";
import { effective, policyUses } from "../model/query/platform";
import { possibleLists, constantOf } from "../model/value";
import type { RuleContext } from "./context";
import { originsFor, policyOrigins } from "./needs";
import { originFault } from "./origin";
import { titleOf } from "./text";

/** Two hours: Chromium's cap, within what every service documents. */
export const GOOD_MAX_AGE = 7200;

/** Sets options of the policy; nothing when its literal was not found. */
export function setFields(
  policy: CorsPolicy,
  fields: NewPolicy,
  title: string,
  safety: Safety,
): readonly Fix[] {
  const { block, form } = policy;
  if (block === undefined) return [];
  return [{ title, safety, edits: [{ kind: "setPolicyFields", form, block, fields }] }];
}

/** Names the origins that may call. Never safe: only people know them. */
export function nameOrigins(
  policy: CorsPolicy,
  model: CorsModel,
  context: RuleContext,
): readonly Fix[] {
  const allowOrigins = originsFor(model, context);
  const title = titleOf("Allow only", allowOrigins, originsNoun(policy, allowOrigins, model));
  return setFields(policy, { allowOrigins }, title, "review");
}

/** Whose origins they are: `Allow only 5 origins of OrdersApi`. */
function originsNoun(policy: CorsPolicy, origins: readonly string[], model: CorsModel): string {
  const owner = policyUses(model).find(
    ({ policy: other }) =>
      other !== policy &&
      origins.every((origin) =>
        policyOrigins(other).some((text) =>
          (originFault(text, other.form)?.meant ?? [text]).includes(origin),
        ),
      ),
  );
  const name = owner?.api?.name ?? "";
  return name === "" || name.length > 24 ? "known origins" : `origins of ${name}`;
}

/** Adds elements to an option's list; where the option is absent, writes it with its default and `whole`. */
export function addItems(
  policy: CorsPolicy,
  field: PolicyField & ("allowHeaders" | "allowMethods" | "exposeHeaders"),
  items: readonly string[],
  whole: readonly string[],
  safety: Safety = "safe",
): readonly Fix[] {
  const { form } = policy;
  const value = policy[field]?.value;
  const isExposure = field === "exposeHeaders";
  const noun = field === "allowMethods" ? "methods" : "headers";
  const title = titleOf(isExposure ? "Expose" : "Allow", items, noun);
  if (value === undefined) {
    const defaults = isExposure ? [] : effective(policy, field)?.[0]?.items;
    const kept = defaults?.map((item) => item.value) ?? [];
    const lower = new Set(kept.map((item) => item.toLowerCase()));
    const list = [...kept, ...whole.filter((item) => !lower.has(item.toLowerCase()))];
    return setFields(policy, { [field]: list }, title, safety);
  }
  if (value.kind !== "known") return [];
  const edit: Edit = { kind: "addToList", list: value.at, form, field, items };
  return [{ title, safety, edits: [edit] }];
}

/** The policy's options as far as they are settled, to be written once more; `undefined` when a part is not. */
export function copyOf(policy: CorsPolicy): NewPolicy | undefined {
  const lists = (["allowOrigins", "allowMethods", "allowHeaders"] as const).map((field) => {
    const value = policy[field]?.value;
    const [only, ...others] = possibleLists(value);
    if (value === undefined) return [field, undefined] as const;
    const whole = others.length === 0 && only?.complete === true && only.definite;
    return [field, whole ? only.items.map((item) => item.value) : null] as const;
  });
  if (!policy.complete || lists.some(([, list]) => list === null)) return undefined;
  const credentials = constantOf(policy.allowCredentials?.value);
  const maxAge = constantOf(policy.maxAge?.value);
  return {
    ...Object.fromEntries(lists.filter(([, list]) => list !== undefined)),
    ...(credentials === undefined ? {} : { allowCredentials: credentials }),
    ...(maxAge === undefined ? {} : { maxAge }),
  };
}

/**
 * Turning the preflight cache off while debugging, and back on. REST has `disableCache`, because there CDK leaves out a
 * maximum age of 0 and browsers keep the answer for 5 s.
 */
export function preflightCachingFixes(policy: CorsPolicy): readonly Fix[] {
  const { noCache } = traitsOf(policy);
  const off =
    noCache === "disableCache"
      ? constantOf(policy.disableCache?.value) === true
      : constantOf(policy.maxAge?.value) === 0;
  const { block, form } = policy;
  if (block === undefined || noCache === undefined) return [];
  if (!off) {
    const drop: Edit[] =
      noCache === "disableCache" && policy.maxAge
        ? [{ kind: "removeEntry", entry: policy.maxAge.entry }]
        : [];
    const fields: NewPolicy = noCache === "disableCache" ? { disableCache: true } : { maxAge: 0 };
    const title = "Turn preflight caching off while debugging";
    const set: Edit = { kind: "setPolicyFields", form, block, fields };
    return [{ title, safety: "review", edits: [...drop, set] }];
  }
  const drop: Edit[] = policy.disableCache
    ? [{ kind: "removeEntry", entry: policy.disableCache.entry }]
    : [];
  const set: Edit = { kind: "setPolicyFields", form, block, fields: { maxAge: GOOD_MAX_AGE } };
  return [{ title: "Turn preflight caching on again", safety: "review", edits: [...drop, set] }];
}
