/** CORSMiddleware, which Starlette and FastAPI share. */
import type { Evaluation } from "../../interpreter/core/state";
import type { AbstractValue, ExternValue } from "../../interpreter/core/values";
import type { AddedInside } from "../../model/framework";
import { calleeOf, externsIn, madeWith, usesOf } from "./chain";
import { unseen } from "./descriptor";
import type { Cors } from "./descriptor";
import { insideOf } from "./insertion-points";
import { sentBy } from "./middleware-headers";
import type { MiddlewareOptions } from "./middleware-headers";

/** Older versions send the origin for requests with cookies only. */
const options: MiddlewareOptions = {
  origins: ["allowOrigins"],
  credentials: "allowCredentials",
  default: "nothing",
  openWithCredentials: "origin",
  starInList: true,
  textIsSent: false,
  pattern: "allowOriginRegex",
};

/** `app.add_middleware(CORSMiddleware, …)`, `FastAPI(middleware=[Middleware(CORSMiddleware, …)])`, or a wrapper around it. */
const isCors = (value: ExternValue): boolean =>
  /\.CORSMiddleware$/.test(value.path) || /\.CORSMiddleware$/.test(calleeOf(value));

/** `CORSMiddleware(app, …)` around the whole application: it sees the answers to unhandled exceptions as well. */
export function wrapping(run: Evaluation, app: ExternValue): ExternValue | undefined {
  const found = run.events.find(
    (event) => event.k === "call" && isCors(event.value) && madeWith(event.value).includes(app),
  );
  return found?.k === "call" ? found.value : undefined;
}

export function asgiCors(run: Evaluation, app: ExternValue): Cors {
  const added = usesOf(run, app).find(
    (use) => use.name === "add_middleware" && externsIn(use.args).some(isCors),
  );
  if (added)
    return added.conditional
      ? unseen("it is added under a condition")
      : {
          kind: "configured",
          sends: sentBy(added.value, Infinity, options),
          at: added.value.at,
          ...inside(run, app, added.value),
        };
  const wrapped = wrapping(run, app);
  if (wrapped) {
    const sends = sentBy(wrapped, Infinity, options);
    return { kind: "configured", sends, at: wrapped.at };
  }
  const given = app.made.by === "call" ? app.made.args : undefined;
  const list = given?.named.get("middleware")?.value;
  if (list) {
    const inside = externsIn([list]).find((value) => externsIn(argsOf(value)).some(isCors));
    return inside
      ? {
          kind: "configured",
          sends: sentBy(inside, Infinity, options),
          at: list.at,
        }
      : unseen("its middleware cannot be seen");
  }
  const others = usesOf(run, app).some(
    (use) => use.name === "add_middleware" || use.name === "middleware",
  );
  return others ? unseen("other middleware may add headers") : { kind: "none" };
}

function inside(run: Evaluation, app: ExternValue, added: ExternValue): { inside?: AddedInside } {
  const found = insideOf(run, app, added);
  return found ? { inside: found } : {};
}

function argsOf(value: ExternValue): readonly AbstractValue[] {
  return value.made.by === "call" ? value.made.args.positional : [];
}
