/** The application objects of web frameworks, and what they do about CORS. */
import { classOf } from "../library-value";
import type { Evaluation } from "../../interpreter/core/state";
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { CorsSupport, SupportForm } from "../../model/framework";
import type { Framework } from "../../model/model";
import { wrapping } from "./asgi";
import { madeWith } from "./chain";
import { chalice } from "./chalice";
import { unseen } from "./descriptor";
import type { Cors, FrameworkDescriptor } from "./descriptor";
import { express } from "./express";
import { fastapi } from "./fastapi";
import { fastify } from "./fastify";
import { flask } from "./flask";
import { hono } from "./hono";
import { powertoolsPy } from "./powertools-py";
import { powertoolsTs } from "./powertools-ts";
import { slashesOf } from "./slash-routes";
import { starlette } from "./starlette";

/** The frameworks whose application answers for the handler; middy only wraps what answers (`middy.ts`). */
export const frameworks: Readonly<Record<Exclude<SupportForm, "middy">, FrameworkDescriptor>> = {
  express,
  hono,
  powertoolsTs,
  fastify,
  powertoolsPy,
  fastapi,
  starlette,
  flask,
  chalice,
};

type Form = keyof typeof frameworks;

/** The framework whose constructor made the value. */
function formOf(value: AbstractValue): Form | undefined {
  const made = value.t === "extern" ? classOf(value) : undefined;
  if (made === undefined) return undefined;
  return (Object.keys(frameworks) as Form[]).find((form) =>
    frameworks[form].application.test(made),
  );
}

/** The framework behind a handler: its application object took part in making the handler or its answers. */
export function readRouter(
  run: Evaluation,
  values: readonly AbstractValue[],
): Framework | undefined {
  for (const app of values.flatMap(madeWith)) {
    const form = formOf(app);
    if (form === undefined) continue;
    const { name, letsErrorsOut, coversErrors, slashRoutes, ...framework } = frameworks[form];
    const slashes = slashRoutes && slashesOf(run, app, slashRoutes);
    const found = framework.cors(run, app);
    const cors = found.kind === "none" ? absent(run, app, form) : found;
    const covers = wrapping(run, app) ? "yes" : coversErrors;
    return {
      name,
      form,
      at: app.at,
      cors,
      answersOptions: cors.kind === "configured" ? "yes" : cors.kind === "none" ? "no" : "unknown",
      coversErrors: cors.kind === "configured" ? covers : cors.kind === "none" ? "no" : "unknown",
      ...(letsErrorsOut ? { letsErrorsOut } : {}),
      ...(slashes ? { slashes } : {}),
    };
  }
  return undefined;
}

function absent(run: Evaluation, app: ExternValue, form: Form): Cors {
  if (writesHeaders(run)) return unseen("its routes write CORS headers themselves");
  const support = supportOf(form, run, app);
  return { kind: "none", ...(support ? { support } : {}) };
}

/** How CORS support could be written for an application that has none; `undefined` where it may not be installed. */
function supportOf(form: Form, run: Evaluation, app: ExternValue): CorsSupport | undefined {
  const { isInstalled, place } = frameworks[form];
  const made = run.events.find((event) => event.k === "call" && event.value === app);
  if (!made || made.conditional || app.instance) return undefined;
  if (isInstalled?.(run, app) === false) return undefined;
  const found = place(run, app);
  return found && { form, place: found };
}

/** Whether some file that the handler loads names the header: then it is not absent for certain. */
function writesHeaders(run: Evaluation): boolean {
  return [...run.modules.keys()].some((file) =>
    /access-control-allow-origin/i.test(run.project.text(file) ?? ""),
  );
}

/** Whether the value is the application object of a framework. */
export function isApplication(value: AbstractValue): boolean {
  return formOf(value) !== undefined;
}
