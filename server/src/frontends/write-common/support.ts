/** How each library spells its CORS support. What they allow by default was found in their code, and by running them. */
import type { NewSupport } from "../../../../shared/src/model/edit";
import type { SupportForm } from "../../../../shared/src/model/framework";
import type { Option } from "./language";
import { list, quote } from "./policy";
import { fail, type EditSession } from "./edit-session";
import type { Exported } from "./source";

interface Words {
  /** What makes or is the middleware. */
  readonly exported: Exported;
  /** Options for one origin and for several; absent: there can be only one. */
  readonly one: string;
  readonly several?: string;
  /** `list`: even one origin is written as a list. `rest`: the first origin has its own option. */
  readonly as?: "list" | "rest";
  readonly headers: string;
  /** Request headers allowed by default, in lower case; absent: all that are asked for. */
  readonly allows?: readonly string[];
  /** Naming headers replaces those. */
  readonly replaces?: readonly string[];
  readonly credentials: string;
  /** How a statement of its own turns it on, where it can be one. */
  readonly statement: "used" | "registered" | "given the application" | "assigned";
  /** Options with which it allows what it does not by default. */
  readonly more?: Readonly<Record<string, readonly string[]>>;
}

const common = {
  one: "origin",
  several: "origin",
  headers: "allowHeaders",
  credentials: "credentials",
  statement: "used",
} as const;

const amazon = [
  "Authorization",
  "Content-Type",
  "X-Amz-Date",
  "X-Api-Key",
  "X-Amz-Security-Token",
] as const;
const amazonLower = amazon.map((name) => name.toLowerCase());

const starlette: Words = {
  exported: { modules: ["starlette.middleware.cors"], name: "CORSMiddleware" },
  one: "allowOrigins",
  several: "allowOrigins",
  as: "list",
  headers: "allowHeaders",
  credentials: "allowCredentials",
  statement: "used",
  // By default only GET, and none but the safelisted headers. It answers `*` with names, so that cookies may come along.
  more: { allowMethods: ["*"], allowHeaders: ["*"] },
};

export const words: Readonly<Record<SupportForm, Words>> = {
  hono: { ...common, exported: { modules: ["hono/cors"], name: "cors" } },
  powertoolsTs: {
    ...common,
    exported: {
      modules: ["@aws-lambda-powertools/event-handler/http/middleware"],
      name: "cors",
    },
    allows: amazonLower,
    replaces: amazon,
  },
  express: {
    ...common,
    exported: { modules: ["cors"], name: "cors", whole: { like: "express" } },
    headers: "allowedHeaders",
  },
  fastify: {
    ...common,
    exported: { modules: ["@fastify/cors"], name: "cors", whole: { like: "fastify" } },
    statement: "registered",
    headers: "allowedHeaders",
    more: { methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] },
  },
  middy: {
    ...common,
    exported: {
      modules: ["@middy/http-cors"],
      name: "httpCors",
      whole: { like: "@middy/core" },
    },
    several: "origins",
    headers: "headers",
  },
  starlette,
  fastapi: {
    ...starlette,
    exported: {
      modules: ["fastapi.middleware.cors", "starlette.middleware.cors"],
      name: "CORSMiddleware",
    },
  },
  flask: {
    exported: { modules: ["flask_cors"], name: "CORS" },
    one: "origins",
    several: "origins",
    as: "list",
    headers: "allowHeaders",
    credentials: "supportsCredentials",
    statement: "given the application",
  },
  chalice: {
    exported: { modules: ["chalice"], name: "CORSConfig" },
    one: "allowOrigin",
    headers: "allowHeaders",
    allows: amazonLower,
    credentials: "allowCredentials",
    statement: "assigned",
  },
  powertoolsPy: {
    exported: {
      modules: [
        "aws_lambda_powertools.event_handler",
        "aws_lambda_powertools.event_handler.api_gateway",
      ],
      name: "CORSConfig",
    },
    one: "allowOrigin",
    several: "extraOrigins",
    as: "rest",
    headers: "allowHeaders",
    allows: amazonLower,
    credentials: "allowCredentials",
    statement: "used",
  },
};

/** The options with which the library allows what is asked of it. */
export function supportOptions(
  session: EditSession,
  form: SupportForm,
  { allowOrigins, allowHeaders = [], allowCredentials }: NewSupport,
): Option[] {
  const { more = {}, headers, allows, replaces = [], credentials } = words[form];
  const missing = allows ? allowHeaders.filter((name) => !allows.includes(name.toLowerCase())) : [];
  const texts = (values: readonly string[]): Option[1] =>
    list(values.map((value) => quote(session, value)));
  return [
    ...originOptions(session, form, allowOrigins),
    ...Object.entries(more).map(([name, values]): Option => [name, texts(values)]),
    ...(missing.length > 0 ? [[headers, texts([...replaces, ...missing])] as const] : []),
    ...(allowCredentials ? [[credentials, session.language.boolean(true)] as const] : []),
  ];
}

/** The options that name origins. */
export function originOptions(
  session: EditSession,
  form: SupportForm,
  origins: readonly string[],
): Option[] {
  const { one, several, as } = words[form];
  const [first, ...others] = origins.map((origin) => quote(session, origin));
  if (first === undefined) return fail("no origin is allowed");
  if (as === "list") return [[one, list([first, ...others])]];
  if (others.length === 0) return [[one, first]];
  if (several === undefined) return fail("only one origin can be allowed");
  return as === "rest"
    ? [
        [one, first],
        [several, list(others)],
      ]
    : [[several, list([first, ...others])]];
}
