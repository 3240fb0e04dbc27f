/** Web frameworks that answer for the handler: which they are, and whether their CORS support is there and in place. */
import { droppedCredentials, middlewareOptions, sentBy, sentWith } from "./middleware-options";
import { callProps, classOf, toProps } from "../library-value";
import type { Evaluation } from "../../interpreter/core/state";
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { AddedInside, SupportForm } from "../../model/framework";
import type { Framework } from "../../model/model";
import { calleeOf, callOf, externsIn, madeWith, usesOf } from "./chain";
import type { Use } from "./chain";
import { insideOf, supportOf, registeredAfterRoutes } from "./insertion-points";
import type { MiddlewareOptions, Sends } from "./middleware-options";

type Cors = Framework["cors"];

interface Kind {
  readonly name: string;
  readonly form: SupportForm;
  /** The constructor of the application. */
  readonly app: RegExp;
  readonly cors: (run: Evaluation, app: ExternValue) => Cors;
  readonly coversErrors: Framework["coversErrors"];
  readonly letsErrorsOut?: true;
}

const verbs =
  /^(get|post|put|delete|patch|head|options|all|route|on|api_route|add_api_route|include_router|add_url_rule|register_blueprint|mount)$/;

/**
 * Applications whose middleware is put on by `use`; what is added earlier answers without it, but where middleware works
 * from `anywhere`.
 */
function used(cors: RegExp, dialect: MiddlewareOptions, anywhere = false): Kind["cors"] {
  return (run, app) => {
    const uses = usesOf(run, app);
    const index = uses.findIndex(
      (use) => use.name === "use" && middlewareOf(use, cors) !== undefined,
    );
    const use = uses[index];
    const found = use && middlewareOf(use, cors);
    if (!found)
      return someUseIsUnseen(uses) ? unseen("middleware that cannot be seen") : { kind: "none" };
    if (use.conditional) return unseen("it is used under a condition");
    const [path] = use.args;
    const partial =
      path?.t === "const" && typeof path.value === "string" && !/^\/?\*?$/.test(path.value);
    const isRoute = (other: Use): boolean =>
      verbs.test(other.name) || (other.name === "use" && other.args.length > 1 && other !== use);
    const before = uses.slice(0, index);
    const after = uses.slice(index + 1).some(isRoute);
    if (!anywhere && before.some(isRoute) && !after && !partial) {
      return {
        kind: "misplaced",
        because:
          "Every route is added before it, and middleware applies to what is added later. Use it first.",
        at: found.at,
        // What other middleware answers by itself, as one that asks who is there, needs the headers as well.
        faults: registeredAfterRoutes(
          app,
          use,
          before.find(({ name }) => name === "use" || verbs.test(name)),
        ),
      };
    }
    return { kind: "configured", sends: partial ? [] : sentBy(found, 0, dialect), at: found.at };
  };
}

function middlewareOf(use: Use, cors: RegExp): ExternValue | undefined {
  return externsIn(use.args).find((value) => cors.test(calleeOf(value)) || cors.test(value.path));
}

function someUseIsUnseen(uses: readonly Use[]): boolean {
  return uses.some(
    (use) => use.name === "use" && use.args.some((arg) => arg.t === "unknown" || arg.t === "oneOf"),
  );
}

const unseen = (because: string): Cors => ({ kind: "unknown", because });

/** Powertools for Python: `APIGatewayRestResolver(cors=CORSConfig(…))` */
const resolverCors: Kind["cors"] = (run, app) => {
  const given = app.made.by === "call" ? app.made.args : undefined;
  const cors = given?.named.get("cors");
  if (given?.open !== undefined) return unseen(given.open);
  if (cors && cors.value.t === "extern" && /CORSConfig$/.test(calleeOf(cors.value))) {
    const sends = sentBy(cors.value, Infinity, middlewareOptions.powertoolsPy);
    const dropped = droppedCredentials(cors.value, middlewareOptions.powertoolsPy);
    return {
      kind: "configured",
      sends,
      at: cors.name,
      ...(dropped ? { dropsCredentials: dropped } : {}),
    };
  }
  if (cors && !(cors.value.t === "const" && !cors.value.value))
    return unseen("its `cors` cannot be seen");
  const custom = usesOf(run, app).some((use) => use.name === "use");
  return custom ? unseen("middleware may add headers") : { kind: "none" };
};

/** `app.add_middleware(CORSMiddleware, …)`, `FastAPI(middleware=[Middleware(CORSMiddleware, …)])`, or a wrapper around it. */
const isCors = (value: ExternValue): boolean =>
  /\.CORSMiddleware$/.test(value.path) || /\.CORSMiddleware$/.test(calleeOf(value));

/** `CORSMiddleware(app, …)` around the whole application: it sees the answers to unhandled exceptions as well. */
function wrapping(run: Evaluation, app: ExternValue): ExternValue | undefined {
  const found = run.events.find(
    (event) => event.k === "call" && isCors(event.value) && madeWith(event.value).includes(app),
  );
  return found?.k === "call" ? found.value : undefined;
}

const asgiCors: Kind["cors"] = (run, app) => {
  const added = usesOf(run, app).find(
    (use) => use.name === "add_middleware" && externsIn(use.args).some(isCors),
  );
  if (added)
    return added.conditional
      ? unseen("it is added under a condition")
      : {
          kind: "configured",
          sends: sentBy(added.value, Infinity, middlewareOptions.starlette),
          at: added.value.at,
          ...inside(run, app, added.value),
        };
  const wrapped = wrapping(run, app);
  if (wrapped) {
    const sends = sentBy(wrapped, Infinity, middlewareOptions.starlette);
    return { kind: "configured", sends, at: wrapped.at };
  }
  const given = app.made.by === "call" ? app.made.args : undefined;
  const list = given?.named.get("middleware")?.value;
  if (list) {
    const inside = externsIn([list]).find((value) => externsIn(argsOf(value)).some(isCors));
    return inside
      ? {
          kind: "configured",
          sends: sentBy(inside, Infinity, middlewareOptions.starlette),
          at: list.at,
        }
      : unseen("its middleware cannot be seen");
  }
  const others = usesOf(run, app).some(
    (use) => use.name === "add_middleware" || use.name === "middleware",
  );
  return others ? unseen("other middleware may add headers") : { kind: "none" };
};

function inside(run: Evaluation, app: ExternValue, added: ExternValue): { inside?: AddedInside } {
  const found = insideOf(run, app, added);
  return found ? { inside: found } : {};
}

function argsOf(value: ExternValue): readonly AbstractValue[] {
  return value.made.by === "call" ? value.made.args.positional : [];
}

/** `CORS(app)` or `CORS().init_app(app)`; `@cross_origin()` speaks for single routes. */
const flaskCors: Kind["cors"] = (run, app) => {
  for (const event of run.events) {
    if (event.k !== "call") continue;
    const callee = calleeOf(event.value);
    const about = madeWith(event.value).includes(app);
    if (about && /^py:flask_cors(\.\w+)*\.CORS(\(\)\.init_app)?$/.test(callee)) {
      return event.conditional
        ? unseen("it is applied under a condition")
        : { kind: "configured", sends: flaskSends(event.value), at: event.value.at };
    }
    if (/^py:flask_cors(\.\w+)*\.cross_origin$/.test(callee))
      return unseen("single routes have `cross_origin`");
  }
  const hooks = usesOf(run, app).some((use) => /^(after_request|wsgi_app)$/.test(use.name));
  const decorated = run.events.some(
    (event) => event.k === "decorate" && /\.after_request$/.test(event.by.path),
  );
  return hooks || decorated ? unseen("`after_request` may add headers") : { kind: "none" };
};

/** `resources={r"/api/*": {"origins": "*"}}` says for paths what the other arguments say for all. */
function flaskSends(value: ExternValue): Sends {
  const options = callProps(value, Infinity);
  const resources = options.slots.get("resources");
  if (!resources) return sentWith(options, middlewareOptions.flask, value.at);
  if (resources.value.t !== "object") return [];
  return [...resources.value.props.values()].flatMap((resource) => {
    const own = toProps(resource.value);
    const slots = new Map([...options.slots, ...(own?.slots ?? [])]);
    const open = own ? own.open : "options that cannot be seen";
    const merged = { ...options, slots, ...(open === undefined ? {} : { open }) };
    return sentWith(merged, middlewareOptions.flask, resource.name);
  });
}

/** `@app.route("/", cors=True)` and `app.api.cors = True` */
const chaliceCors: Kind["cors"] = (run, app) => {
  const api = app.members.get("api");
  const all = api?.t === "extern" ? api.members.get("cors") : undefined;
  const routes = usesOf(run, app).filter((use) => use.name === "route");
  if (all && api?.t === "extern" && !(all.t === "const" && !all.value))
    return (
      setLate(run, api, routes) ?? { kind: "configured", sends: chaliceSends(all), at: all.at }
    );
  const given = routes.map((use) =>
    use.value.made.by === "call" ? use.value.made.args.named.get("cors") : undefined,
  );
  const [first] = given.filter((slot) => slot !== undefined);
  if (routes.length === 0) return unseen("its routes cannot be seen");
  if (!first) return { kind: "none" };
  return given.every(
    (slot) => slot !== undefined && !(slot.value.t === "const" && !slot.value.value),
  )
    ? { kind: "configured", sends: chaliceSends(first.value), at: first.name }
    : unseen("some routes have it, some have not");
};

/** A route takes `app.api.cors` as it is when the route is added. */
function setLate(run: Evaluation, api: ExternValue, routes: readonly Use[]): Cors | undefined {
  const index = run.events.findIndex(
    (event) => event.k === "set" && event.of === api && event.name === "cors",
  );
  const set = run.events[index];
  const late = routes.map(({ value, args }) => {
    const position = run.events.findIndex((event) => event.k === "call" && event.value === value);
    const own = value.made.by === "call" && value.made.args.named.has("cors");
    return position < index && !own && args.length > 0;
  });
  if (set?.k !== "set" || !late.includes(true)) return undefined;
  const [first] = routes;
  const before = first && callOf(first.value);
  if (late.includes(false) || set.conditional || !before)
    return unseen("some routes are added before it is set");
  return {
    kind: "misplaced",
    because:
      "Every route is added before it is set, and each takes what is set when it is added. Set it first.",
    at: set.at,
    faults: [{ kind: "tooLate", statement: set.at, before }],
  };
}

/** `cors=CORSConfig(…)`; `cors=True` allows every origin. */
function chaliceSends(value: AbstractValue): Sends {
  if (value.t !== "extern") return [];
  return sentBy(value, Infinity, middlewareOptions.chalice);
}

/** `app.register(cors, { … })` */
const fastifyCors: Kind["cors"] = (run, app) => {
  const uses = usesOf(run, app).filter((use) => use.name === "register");
  const found = uses.find((use) =>
    externsIn(use.args).some((value) => /^npm:(@fastify\/cors|fastify-cors)\b/.test(value.path)),
  );
  if (found?.conditional) return unseen("it is registered under a condition");
  if (found) {
    const origin = callProps(found.value, 1).slots.get("origin")?.value;
    if (origin?.t === "const" && origin.value === false) return unseen("it is switched off");
    const sends = sentBy(found.value, 1, middlewareOptions.fastify);
    return { kind: "configured", sends, at: found.value.at };
  }
  return uses.length > 0 ? unseen("plugins may add headers") : { kind: "none" };
};

const kinds: readonly Kind[] = [
  {
    name: "Express",
    form: "express",
    app: /^npm:express(\.default)?$/,
    cors: used(/^npm:cors(\.default)?(\(\))?$/, middlewareOptions.express),
    coversErrors: "yes",
  },
  {
    name: "Hono",
    form: "hono",
    app: /^npm:(hono(\/\w+)?|@hono\/zod-openapi)\.(Hono|OpenAPIHono)$/,
    cors: used(/^npm:hono\/cors\.cors$/, middlewareOptions.hono),
    coversErrors: "unknown",
  },
  {
    name: "Powertools",
    form: "powertoolsTs",
    app: /^npm:@aws-lambda-powertools\/event-handler(\/\w+)*\.Router$/,
    // It puts middleware around the routes with each request.
    cors: used(
      /^npm:@aws-lambda-powertools\/event-handler(\/\w+)*\.cors$/,
      middlewareOptions.powertoolsTs,
      true,
    ),
    coversErrors: "yes",
  },
  {
    name: "Fastify",
    form: "fastify",
    app: /^npm:fastify(\.default|\.fastify)?$/i,
    cors: fastifyCors,
    coversErrors: "yes",
  },
  {
    name: "Powertools",
    form: "powertoolsPy",
    app: /^py:aws_lambda_powertools\.event_handler(\.\w+)*\.(APIGatewayRestResolver|APIGatewayHttpResolver|LambdaFunctionUrlResolver|ALBResolver|ApiGatewayResolver)$/,
    cors: resolverCors,
    // What it answers itself carries them. An unhandled exception leaves the handler, and is no answer.
    coversErrors: "yes",
    letsErrorsOut: true,
  },
  {
    name: "FastAPI",
    form: "fastapi",
    app: /^py:fastapi(\.\w+)*\.FastAPI$/,
    cors: asgiCors,
    coversErrors: "no",
  },
  {
    name: "Starlette",
    form: "starlette",
    app: /^py:starlette(\.\w+)*\.Starlette$/,
    cors: asgiCors,
    coversErrors: "no",
  },
  {
    name: "Flask",
    form: "flask",
    app: /^py:flask(\.\w+)*\.Flask$/,
    cors: flaskCors,
    coversErrors: "yes",
  },
  {
    name: "Chalice",
    form: "chalice",
    app: /^py:chalice(\.\w+)*\.Chalice$/,
    cors: chaliceCors,
    coversErrors: "unknown",
  },
];

/** The framework behind a handler: its application object took part in making the handler or its answers. */
export function readRouter(
  run: Evaluation,
  values: readonly AbstractValue[],
): Framework | undefined {
  for (const app of values.flatMap(madeWith)) {
    const kind = kinds.find((each) => each.app.test(classOf(app) ?? ""));
    if (!kind) continue;
    const found = kind.cors(run, app);
    const cors = found.kind === "none" ? absent(run, app, kind.form) : found;
    const covers = wrapping(run, app) ? "yes" : kind.coversErrors;
    return {
      name: kind.name,
      at: app.at,
      cors,
      answersOptions: cors.kind === "configured" ? "yes" : cors.kind === "none" ? "no" : "unknown",
      coversErrors: cors.kind === "configured" ? covers : cors.kind === "none" ? "no" : "unknown",
      ...(kind.letsErrorsOut ? { letsErrorsOut: true } : {}),
    };
  }
  return undefined;
}

function absent(run: Evaluation, app: ExternValue, form: SupportForm): Cors {
  if (writesHeaders(run)) return unseen("its routes write CORS headers themselves");
  const support = supportOf(form, run, app);
  return { kind: "none", ...(support ? { support } : {}) };
}

/** Whether some file that the handler loads names the header: then it is not absent for certain. */
function writesHeaders(run: Evaluation): boolean {
  return [...run.modules.keys()].some((file) =>
    /access-control-allow-origin/i.test(run.project.text(file) ?? ""),
  );
}

/** Whether the value is the application object of a framework. */
export function isApplication(value: AbstractValue): boolean {
  return value.t === "extern" && kinds.some((kind) => kind.app.test(classOf(value) ?? ""));
}
