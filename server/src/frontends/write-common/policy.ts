/** How each place that takes CORS options names them, and their values in code. */
import { policyTraits } from "../../../../shared/src/model/kinds";
import type { NewPolicy, PolicyField } from "../../../../shared/src/model/edit";
import type { PolicyForm } from "../../../../shared/src/model/model";
import type { Range } from "../../../../shared/src/ir/span";
import type { Option } from "./language";
import type { Doc, Group } from "./layout";
import { fail, reference, type EditSession } from "./edit-session";
import { slice, type Library } from "./source";

interface Words {
  /** Where the struct and the enumeration of methods come from. */
  readonly library: Library;
  /** The option of the construct that takes the policy. */
  readonly option: string;
  readonly struct: string;
  readonly fields: Readonly<Partial<Record<PolicyField, string>>>;
  /** Enumeration of methods, and its member that means all; strings where absent. */
  readonly methods?: { readonly type: string; readonly any: string };
  readonly maxAge: "duration" | "seconds";
  /** Whether the option takes a list of such structs. */
  readonly inList?: true;
  /** Whether CDK has no defaults for what is left out. */
  readonly whole?: true;
  /** Names of the library that stand for lists of everything. */
  readonly constants?: Readonly<Partial<Record<PolicyField, string>>>;
}

const plain = {
  allowOrigins: "allowOrigins",
  allowMethods: "allowMethods",
  allowHeaders: "allowHeaders",
  exposeHeaders: "exposeHeaders",
  allowCredentials: "allowCredentials",
  maxAge: "maxAge",
} as const;

const past = {
  allowOrigins: "allowedOrigins",
  allowMethods: "allowedMethods",
  allowHeaders: "allowedHeaders",
  exposeHeaders: "exposedHeaders",
  maxAge: "maxAge",
} as const;

const rest: Words = {
  library: "apigateway",
  option: "defaultCorsPreflightOptions",
  struct: "CorsOptions",
  fields: { ...plain, disableCache: "disableCache" },
  maxAge: "duration",
  constants: { allowOrigins: "Cors.ALL_ORIGINS", allowMethods: "Cors.ALL_METHODS" },
};

/** Names as in aws-cdk-lib 2.276. */
export const words: Readonly<Record<PolicyForm, Words>> = {
  httpApi: {
    library: "apigatewayv2",
    option: "corsPreflight",
    struct: "CorsPreflightOptions",
    fields: plain,
    methods: { type: "CorsHttpMethod", any: "ANY" },
    maxAge: "duration",
  },
  restDefault: rest,
  restResource: rest,
  // Of templates only, which are written without these words.
  samApi: rest,
  functionUrl: {
    library: "lambda",
    option: "cors",
    struct: "FunctionUrlCorsOptions",
    fields: { ...past, allowCredentials: "allowCredentials" },
    methods: { type: "HttpMethod", any: "ALL" },
    maxAge: "duration",
  },
  cfnApi: {
    library: "apigatewayv2",
    option: "corsConfiguration",
    struct: "CfnApi.CorsProperty",
    fields: plain,
    maxAge: "seconds",
  },
  responseHeadersPolicy: {
    library: "cloudfront",
    option: "corsBehavior",
    struct: "ResponseHeadersCorsBehavior",
    fields: {
      allowOrigins: "accessControlAllowOrigins",
      allowMethods: "accessControlAllowMethods",
      allowHeaders: "accessControlAllowHeaders",
      exposeHeaders: "accessControlExposeHeaders",
      allowCredentials: "accessControlAllowCredentials",
      maxAge: "accessControlMaxAge",
    },
    maxAge: "duration",
    whole: true,
  },
  bucket: {
    library: "s3",
    option: "cors",
    struct: "CorsRule",
    fields: past,
    methods: { type: "HttpMethods", any: "" },
    maxAge: "seconds",
    inList: true,
  },
};

const order: readonly PolicyField[] = [
  "allowOrigins",
  "allowMethods",
  "allowHeaders",
  "exposeHeaders",
  "allowCredentials",
  "maxAge",
  "disableCache",
];

export function list(items: readonly Doc[]): Group {
  return { open: "[", close: "]", items };
}

/**
 * The options of a policy in code, names in camel case. `lists` gives the elements of lists that are being replaced, so
 * that new elements are written as these are.
 */
export function policyOptions(
  session: EditSession,
  form: PolicyForm,
  policy: NewPolicy,
  lists: (option: string) => readonly string[] = () => [],
): Option[] {
  return order.flatMap((field): Option[] => {
    const value = policy[field];
    if (value === undefined) return [];
    const name = words[form].fields[field] ?? fail(`${form} has no ${field}`);
    if (typeof value === "boolean") return [[name, session.language.boolean(value)]];
    if (typeof value === "number") return [[name, ageDoc(session, form, value)]];
    return [[name, listDoc(session, form, field, value, lists(name))]];
  });
}

/** The whole policy as one value. */
export function policyDoc(session: EditSession, form: PolicyForm, policy: NewPolicy): Doc {
  const { library, struct } = words[form];
  const options = [
    ...policyOptions(session, form, policy),
    ...requiredOptions(session, form, policy),
  ];
  const [outer = "", ...inner] = struct.split(".");
  const type = session.source.hasStructs
    ? [reference(session, library, outer), ...inner].join(".")
    : undefined;
  const doc = session.language.struct(session.source, type, options);
  return words[form].inList ? list([doc]) : doc;
}

/** CloudFront has no defaults for these. */
function requiredOptions(session: EditSession, form: PolicyForm, policy: NewPolicy): Option[] {
  if (!words[form].whole) return [];
  if (!policy.allowOrigins || !policy.allowMethods || !policy.allowHeaders) {
    fail("CloudFront needs origins, methods and headers");
  }
  const credentials: Option[] =
    policy.allowCredentials === undefined
      ? [["accessControlAllowCredentials", session.language.boolean(false)]]
      : [];
  return [...credentials, ["originOverride", session.language.boolean(true)]];
}

function listDoc(
  session: EditSession,
  form: PolicyForm,
  field: PolicyField,
  values: readonly string[],
  elements: readonly string[],
): Doc {
  const all = values.length === 1 && values[0] === "*" && elements.length === 0;
  const { library, constants } = words[form];
  const [type = "", ...member] = constants?.[field]?.split(".") ?? [];
  if (all && type !== "") return [reference(session, library, type), ...member].join(".");
  return list(listItems(session, form, field, values, elements));
}

/** Elements of a list, written as its other elements are. */
export function listItems(
  session: EditSession,
  form: PolicyForm,
  field: PolicyField,
  values: readonly string[],
  elements: readonly string[],
): string[] {
  if (field !== "allowMethods") return values.map((v) => quote(session, v));
  return values.map((method) => methodDoc(session, form, method, elements));
}

/** A method, as a string where the form takes strings or `elements` are strings. */
export function methodDoc(
  session: EditSession,
  form: PolicyForm,
  method: string,
  elements: readonly string[],
): string {
  const { methods, library } = words[form];
  const asText = elements.length > 0 && elements.every((e) => isQuoted(e));
  if (!methods || asText) {
    return quote(session, method === "*" ? (policyTraits[form].everyMethod ?? method) : method);
  }
  if (method === "*" && methods.any === "") fail("there is no method that means all");
  const member = method === "*" ? methods.any : method;
  const prefixes = elements.map((element) => element.slice(0, element.lastIndexOf(".")));
  const prefix = prefixes.find((p) => p === methods.type || p.endsWith(`.${methods.type}`));
  return `${prefix ?? reference(session, library, methods.type)}.${member}`;
}

/** Seconds as a duration of whole hours or minutes where possible, or as the number where the form takes one. */
export function ageDoc(session: EditSession, form: PolicyForm, seconds: number): string {
  if (words[form].maxAge === "seconds") return String(seconds);
  return `${reference(session, "core", "Duration")}.${durationCall(seconds)}`;
}

export function durationCall(seconds: number): string {
  if (!Number.isInteger(seconds) || seconds < 0) fail("no duration has this length");
  if (seconds > 0 && seconds % 3600 === 0) return `hours(${seconds / 3600})`;
  if (seconds > 0 && seconds % 60 === 0) return `minutes(${seconds / 60})`;
  return `seconds(${seconds})`;
}

export function quote(session: EditSession, text: string): string {
  return session.language.quote(session.source, text);
}

export function isQuoted(code: string): boolean {
  return /^[a-zA-Z]?["'`]/.test(code);
}

/** The texts of a list's elements; empty when no list literal is here. */
export function elementsAt(session: EditSession, at: Range | undefined): string[] {
  const container = at && session.source.container(at);
  if (!container || container.kind === "call" || container.kind === "object") return [];
  return container.entries.filter((e) => !e.spread).map((e) => slice(session.source, e.range));
}
