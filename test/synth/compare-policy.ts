/** Compares CORS policies field by field, defaults included. */
import type { CorsPolicy, Field, Strings, Value } from "../../shared/src/model/model";
import { effective } from "../../shared/src/model/query/platform";
import { traitsOf } from "../../shared/src/model/kinds";
import { branches, constantOf } from "../../shared/src/model/value";
import {
  compareList,
  compareValue,
  either,
  judgement,
  type Judgement,
  type Outcome,
} from "./tally";
import type { TemplatePolicy, Text } from "./template";

const lists = ["allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders"] as const;
const allMethods = ["OPTIONS", "GET", "PUT", "POST", "DELETE", "PATCH", "HEAD"];

/** Policies of which any may be the template's: none = nothing is known, several = a conditional chooses. */
export function comparePolicy(
  ours: readonly CorsPolicy[],
  theirs: TemplatePolicy,
): readonly Judgement[] {
  const candidates = ours.map((policy) => fields(policy, theirs));
  const best = candidates.sort((a, b) => wrong(a) - wrong(b))[0];
  if (!best) return fields(undefined, theirs);
  const chosen = ours.length > 1 || ours.some((policy) => policy.conditional);
  return chosen
    ? best.map((entry) => ({ ...entry, outcome: either([entry.outcome, entry.outcome]) }))
    : best;
}

const wrong = (entries: readonly Judgement[]): number =>
  entries.filter((entry) => entry.outcome === "contradictory").length;

/** Lists of policies in the order of both sides: a bucket's rules, a stack's headers policies. */
export function comparePolicies(
  name: string,
  ours: readonly CorsPolicy[],
  theirs: readonly TemplatePolicy[],
): readonly Judgement[] {
  const entries = theirs.flatMap((policy, index) =>
    comparePolicy(ours.slice(index, index + 1), policy),
  );
  const extra = ours.slice(theirs.length).filter((policy) => !policy.conditional);
  return [
    ...entries.map((entry) => ({ ...entry, field: `${name}: ${entry.field}` })),
    ...extra.map((policy) => judgement(name, "contradictory", policy, undefined, true)),
  ];
}

function fields(ours: CorsPolicy | undefined, theirs: TemplatePolicy): readonly Judgement[] {
  return [
    ...lists.map((name) => {
      const outcome = ours ? listOutcome(ours, name, theirs[name]) : "unknown";
      return judgement(name, outcome, ours?.[name]?.value, theirs[name], true);
    }),
    judgement(
      "allowCredentials",
      credentials(ours, theirs),
      ours?.allowCredentials?.value,
      theirs.allowCredentials,
      true,
    ),
    judgement(
      "maxAge",
      ours ? age(ours, theirs.maxAge) : "unknown",
      ours?.maxAge?.value,
      theirs.maxAge,
      true,
    ),
    ...(theirs.statusCode === undefined || !ours
      ? []
      : [
          judgement(
            "statusCode",
            withDefault(ours, ours.statusCode, 204, theirs.statusCode),
            ours.statusCode?.value,
            theirs.statusCode,
            true,
          ),
        ]),
    ...(theirs.originOverride === undefined || !ours
      ? []
      : [
          judgement(
            "originOverride",
            withDefault(ours, ours.originOverride, true, theirs.originOverride),
            ours.originOverride?.value,
            theirs.originOverride,
            true,
          ),
        ]),
  ];
}

function listOutcome(
  ours: CorsPolicy,
  name: (typeof lists)[number],
  theirs: readonly Text[] | undefined,
): Outcome {
  const field: Field<Strings> | undefined = ours[name];
  const spelling = (text: string): readonly string[] =>
    traitsOf(ours).service === "rest" && name === "allowMethods" && text === "ANY"
      ? allMethods
      : [text];
  if (field) {
    return compareList(field.value, theirs ?? [], name === "allowOrigins", spelling);
  }
  if (!ours.complete) return "unknown";
  const defaults = name === "exposeHeaders" ? [] : (effective(ours, name)?.[0]?.items ?? []);
  const expected = defaults.map((item) => item.value).sort();
  const found = [...(theirs ?? [])].sort();
  return expected.join() === found.join() ? "equal" : "contradictory";
}

/** S3 has no such option. */
function credentials(ours: CorsPolicy | undefined, theirs: TemplatePolicy): Outcome {
  if (!ours) return "unknown";
  return withDefault(ours, ours.allowCredentials, false, theirs.allowCredentials ?? false);
}

function withDefault<T extends string | number | boolean>(
  ours: CorsPolicy,
  field: Field<Value<T>> | undefined,
  missing: T,
  theirs: T,
): Outcome {
  if (field) return compareValue(field.value, theirs);
  if (!ours.complete) return "unknown";
  return missing === theirs ? "equal" : "contradictory";
}

/** REST: CDK writes -1 for `disableCache`, and nothing for zero. */
function age(ours: CorsPolicy, theirs: number | undefined): Outcome {
  if (constantOf(ours.disableCache?.value) === true)
    return theirs === -1 ? "equal" : "contradictory";
  if (!ours.maxAge) {
    if (!ours.complete) return "unknown";
    return theirs === undefined ? "equal" : "contradictory";
  }
  return either(
    branches(ours.maxAge.value).map((branch) => {
      if (branch.kind !== "known") return "unknown";
      const written =
        traitsOf(ours).service === "rest" && branch.value === 0 ? undefined : branch.value;
      return written === theirs ? "equal" : "contradictory";
    }),
  );
}
