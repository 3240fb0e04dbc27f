/** Flask with flask-cors */
import type { Evaluation } from "../../interpreter/core/state";
import type { ExternValue } from "../../interpreter/core/values";
import { callProps, toProps } from "../library-value";
import { calleeOf, madeWith, usesOf } from "./chain";
import { unseen } from "./descriptor";
import type { Cors } from "./descriptor";
import { afterStatement } from "./insertion-points";
import { sentWith } from "./middleware-headers";
import type { MiddlewareOptions, Sends } from "./middleware-headers";
import { requiresPython } from "./version";
import type { FrameworkDescriptor } from "./descriptor";

const corsOptions: MiddlewareOptions = {
  origins: ["origins"],
  credentials: "supportsCredentials",
  default: "*",
  openWithCredentials: "origin",
  starInList: true,
  textIsSent: false,
  overriddenBy: ["sendWildcard"],
};

/** `CORS(app)` or `CORS().init_app(app)`; `@cross_origin()` speaks for single routes. */
function corsOf(run: Evaluation, app: ExternValue): Cors {
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
}

/** `resources={r"/api/*": {"origins": "*"}}` says for paths what the other arguments say for all. */
function flaskSends(value: ExternValue): Sends {
  const options = callProps(value, Infinity);
  const resources = options.slots.get("resources");
  if (!resources) return sentWith(options, corsOptions, value.at);
  if (resources.value.t !== "object") return [];
  return [...resources.value.props.values()].flatMap((resource) => {
    const own = toProps(resource.value);
    const slots = new Map([...options.slots, ...(own?.slots ?? [])]);
    const open = own ? own.open : "options that cannot be seen";
    const merged = { ...options, slots, ...(open === undefined ? {} : { open }) };
    return sentWith(merged, corsOptions, resource.name);
  });
}

export const flask: FrameworkDescriptor = {
  name: "Flask",
  application: /^py:flask(\.\w+)*\.Flask$/,
  cors: corsOf,
  coversErrors: "yes",
  isInstalled: (run, app) => requiresPython(run.project, app.at.file, "flask-cors"),
  place: afterStatement,
  slashRoutes: {
    redirects: "toSlash",
    status: 308,
    router: /^py:flask(\.\w+)*\.Blueprint$/,
    prefix: "url_prefix",
    include: { method: "register_blueprint", prefix: "url_prefix", replaces: true },
    off: "strict_slashes",
  },
  bodyRoutes:
    /^py:flask(\.\w+)*\.(Flask|Blueprint)\(\)\.(get|post|put|delete|patch|head|options|route|api_route)\(\)$/,
};
