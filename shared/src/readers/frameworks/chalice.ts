/** Chalice */
import type { Evaluation } from "../../interpreter/core/state";
import type { AbstractValue, ExternValue } from "../../interpreter/core/values";
import { callOf, usesOf } from "./chain";
import type { Use } from "./chain";
import { unseen } from "./descriptor";
import type { Cors } from "./descriptor";
import { afterStatement } from "./insertion-points";
import { sentBy } from "./middleware-headers";
import type { MiddlewareOptions, Sends } from "./middleware-headers";
import type { FrameworkDescriptor } from "./descriptor";

const options: MiddlewareOptions = {
  origins: ["allowOrigin"],
  credentials: "allowCredentials",
  default: "*",
  openWithCredentials: "*",
  starInList: false,
  textIsSent: true,
};

/** `@app.route("/", cors=True)` and `app.api.cors = True` */
function corsOf(run: Evaluation, app: ExternValue): Cors {
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
}

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
  return sentBy(value, Infinity, options);
}

export const chalice: FrameworkDescriptor = {
  name: "Chalice",
  application: /^py:chalice(\.\w+)*\.Chalice$/,
  cors: corsOf,
  coversErrors: "unknown",
  place: afterStatement,
  bodyRoutes:
    /^py:chalice(\.\w+)*\.(Chalice|Blueprint)\(\)\.(get|post|put|delete|patch|head|options|route|api_route)\(\)$/,
};
