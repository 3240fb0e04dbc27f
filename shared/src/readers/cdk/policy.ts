/** CORS options, in every form that CDK has. */
import type { AbstractValue, Property } from "../../interpreter/core/values";
import type { Language } from "../../ir/facts";
import type { CorsPolicy, Field, PolicyForm } from "../../model/model";
import type { Span } from "../../ir/span";
import { isBoolean, isNumber, toProps, toSeconds, toStrings, toValue } from "../library-value";
import type { Props } from "../library-value";

type Canonical =
  | "allowOrigins"
  | "allowMethods"
  | "allowHeaders"
  | "exposeHeaders"
  | "allowCredentials"
  | "maxAge"
  | "disableCache"
  | "statusCode"
  | "originOverride";

const httpNames: Readonly<Record<string, Canonical>> = {
  allowOrigins: "allowOrigins",
  allowMethods: "allowMethods",
  allowHeaders: "allowHeaders",
  exposeHeaders: "exposeHeaders",
  allowCredentials: "allowCredentials",
  maxAge: "maxAge",
};

const restNames: Readonly<Record<string, Canonical>> = {
  ...httpNames,
  disableCache: "disableCache",
  statusCode: "statusCode",
};

/** Each form's own name of every option. */
export const optionNames: Readonly<Record<PolicyForm, Readonly<Record<string, Canonical>>>> = {
  httpApi: httpNames,
  cfnApi: httpNames,
  restDefault: restNames,
  restResource: restNames,
  samApi: {},
  functionUrl: {
    allowedOrigins: "allowOrigins",
    allowedMethods: "allowMethods",
    allowedHeaders: "allowHeaders",
    exposedHeaders: "exposeHeaders",
    allowCredentials: "allowCredentials",
    maxAge: "maxAge",
  },
  responseHeadersPolicy: {
    accessControlAllowOrigins: "allowOrigins",
    accessControlAllowMethods: "allowMethods",
    accessControlAllowHeaders: "allowHeaders",
    accessControlExposeHeaders: "exposeHeaders",
    accessControlAllowCredentials: "allowCredentials",
    accessControlMaxAge: "maxAge",
    originOverride: "originOverride",
  },
  bucket: {
    allowedOrigins: "allowOrigins",
    allowedMethods: "allowMethods",
    allowedHeaders: "allowHeaders",
    exposedHeaders: "exposeHeaders",
    maxAge: "maxAge",
  },
};

/** The policies that a value may be: one, or one for each branch of a conditional. `at` is the word that names it. */
export function readPolicies(
  val: AbstractValue,
  form: PolicyForm,
  language: Language,
  at: Span,
): CorsPolicy[] | undefined {
  if (val.t === "oneOf") {
    const all = val.of
      .filter((branch) => branch.t !== "const")
      .map((branch) => readPolicies(branch, form, language, at));
    if (all.length === 0 || all.some((policies) => policies === undefined)) return undefined;
    return all
      .flatMap((policies) => policies ?? [])
      .map((policy) => ({ ...policy, conditional: true }));
  }
  const props = toProps(val);
  return props && [readPolicy(props, form, language, at)];
}

export function readPolicy(
  props: Props,
  form: PolicyForm,
  language: Language,
  at: Span,
): CorsPolicy {
  const names = optionNames[form];
  const fields: Record<string, Field<unknown>> = {};
  const ignored: { name: string; shouldBe?: string; at: Span }[] = [];
  for (const [name, slot] of props.slots) {
    const canonical = Object.hasOwn(names, name) ? names[name] : undefined;
    if (slot.value.t === "const" && slot.value.value === undefined) continue;
    if (canonical === undefined) ignored.push({ name, ...suggestion(name, form), at: slot.name });
    else fields[canonical] = readField(canonical, slot);
  }
  return {
    form,
    language,
    at,
    ...(props.block ? { block: props.block } : {}),
    ...(fields as Pick<CorsPolicy, Canonical & keyof CorsPolicy>),
    ignored,
    complete: props.open === undefined,
    ...(props.open === undefined ? {} : { because: props.open }),
  };
}

/** One option by the name that the form gives it; `undefined` when it has no such option. */
export function policyField(
  form: PolicyForm,
  name: string,
  slot: Property,
): Field<unknown> | undefined {
  const names = optionNames[form];
  const canonical = Object.hasOwn(names, name) ? names[name] : undefined;
  return canonical && readField(canonical, slot);
}

/** The option that another form calls so. */
function suggestion(name: string, form: PolicyForm): { shouldBe?: string } {
  for (const names of Object.values(optionNames)) {
    const canonical = Object.hasOwn(names, name) ? names[name] : undefined;
    const own = Object.entries(optionNames[form]).find(([, c]) => c === canonical)?.[0];
    if (canonical !== undefined && own !== undefined) return { shouldBe: own };
  }
  return {};
}

function readField(canonical: Canonical, slot: Property): Field<unknown> {
  const { name, entry } = slot;
  const value = slot.maybe
    ? { kind: "unknown", because: "set on some ways only", at: slot.value.at }
    : readOption(canonical, slot.value);
  return { name, entry, value };
}

function readOption(canonical: Canonical, val: AbstractValue): unknown {
  switch (canonical) {
    case "allowCredentials":
    case "disableCache":
    case "originOverride":
      return toValue(val, isBoolean);
    case "maxAge":
      return toSeconds(val);
    case "statusCode":
      return toValue(val, isNumber);
    default:
      return toStrings(val);
  }
}
