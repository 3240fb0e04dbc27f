/** How CORS options are called and written in templates. */
import type { NewPolicy, PolicyField } from "../../../../../shared/src/model/edit";
import type { PolicyForm } from "../../../../../shared/src/model/model";
import { entryOf, type MapNode } from "../../../../../shared/src/ir/tree";
import type { Writable } from "./render";
import { CannotWrite } from "./source";

interface Words {
  readonly names: Readonly<Partial<Record<PolicyField, string>>>;
  /** Values are mapping expressions: texts with single quotes of their own, lists joined by commas. */
  readonly isMapped?: true;
}

const gateway: Words = {
  names: {
    allowOrigins: "AllowOrigins",
    allowMethods: "AllowMethods",
    allowHeaders: "AllowHeaders",
    exposeHeaders: "ExposeHeaders",
    allowCredentials: "AllowCredentials",
    maxAge: "MaxAge",
  },
};
const document: Words = {
  names: {
    allowOrigins: "allowOrigins",
    allowMethods: "allowMethods",
    allowHeaders: "allowHeaders",
    exposeHeaders: "exposeHeaders",
    allowCredentials: "allowCredentials",
    maxAge: "maxAge",
  },
};
const sam: Words = {
  names: {
    allowOrigins: "AllowOrigin",
    allowMethods: "AllowMethods",
    allowHeaders: "AllowHeaders",
    allowCredentials: "AllowCredentials",
    maxAge: "MaxAge",
  },
  isMapped: true,
};
const bucket: Words = {
  names: {
    allowOrigins: "AllowedOrigins",
    allowMethods: "AllowedMethods",
    allowHeaders: "AllowedHeaders",
    exposeHeaders: "ExposedHeaders",
    maxAge: "MaxAge",
  },
};

/** `http.cors` of the Serverless Framework, and what HTTP APIs and URLs have there. */
const event: Words = {
  names: {
    allowOrigins: "origins",
    allowHeaders: "headers",
    allowCredentials: "allowCredentials",
    maxAge: "maxAge",
  },
};
const service: Words = {
  names: {
    allowOrigins: "allowedOrigins",
    allowMethods: "allowedMethods",
    allowHeaders: "allowedHeaders",
    exposeHeaders: "exposedResponseHeaders",
    allowCredentials: "allowCredentials",
    maxAge: "maxAge",
  },
};

/** The words of a form; within an OpenAPI document names begin with small letters. */
export function wordsFor(form: PolicyForm, block?: MapNode, isService = false): Words {
  if (isService && (form === "cfnApi" || form === "functionUrl")) return service;
  switch (form) {
    case "restResource":
      // One origin has a name of its own, and both may not stand side by side.
      if (block && entryOf(block, "origin")) throw new CannotWrite();
      return event;
    case "samApi":
    case "restDefault":
      return sam;
    case "bucket":
      return bucket;
    case "cfnApi":
    case "httpApi":
      return block && Object.values(document.names).some((name) => entryOf(block, name))
        ? document
        : gateway;
    case "functionUrl":
      return gateway;
    default:
      throw new CannotWrite();
  }
}

/** Options with their values as they are written. */
export function optionsOf(
  { names, isMapped }: Words,
  policy: NewPolicy,
): readonly (readonly [string, Writable])[] {
  return (Object.entries(policy) as [PolicyField, NewPolicy[PolicyField]][]).flatMap(
    ([field, value]) => {
      if (value === undefined) return [];
      const name = names[field];
      if (name === undefined) throw new CannotWrite();
      return [[name, isMapped ? expressionOf(field, value) : value] as const];
    },
  );
}

function expressionOf(field: PolicyField, value: NonNullable<NewPolicy[PolicyField]>): Writable {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return `'${value}'`;
  const items = value;
  // SAM's answer to a preflight names one origin.
  if (field === "allowOrigins" && items.length !== 1) throw new CannotWrite();
  const all = items.includes("*") && field === "allowMethods" ? everyMethod : items;
  return `'${all.join(",")}'`;
}

const everyMethod = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
