/** Fastify with @fastify/cors */
import type { Evaluation } from "../../interpreter/core/state";
import type { ExternValue } from "../../interpreter/core/values";
import { callProps } from "../library-value";
import { externsIn, usesOf } from "./chain";
import { unseen } from "./descriptor";
import type { Cors } from "./descriptor";
import { afterStatement } from "./insertion-points";
import { likeHono, sentBy } from "./middleware-headers";
import type { MiddlewareOptions } from "./middleware-headers";
import { majorVersion } from "./version";
import type { FrameworkDescriptor } from "./descriptor";

const options: MiddlewareOptions = {
  ...likeHono,
  textIsSent: true,
  starInList: true,
  overriddenBy: ["delegator"],
  matches: true,
  decides: "calls back",
};

/** `app.register(cors, { … })` */
function corsOf(run: Evaluation, app: ExternValue): Cors {
  const uses = usesOf(run, app).filter((use) => use.name === "register");
  const found = uses.find((use) =>
    externsIn(use.args).some((value) => /^npm:(@fastify\/cors|fastify-cors)\b/.test(value.path)),
  );
  if (found?.conditional) return unseen("it is registered under a condition");
  if (found) {
    const origin = callProps(found.value, 1).slots.get("origin")?.value;
    if (origin?.t === "const" && origin.value === false) return unseen("it is switched off");
    const sends = sentBy(found.value, 1, options, run);
    return { kind: "configured", sends, at: found.value.at };
  }
  return uses.length > 0 ? unseen("plugins may add headers") : { kind: "none" };
}

export const fastify: FrameworkDescriptor = {
  name: "Fastify",
  application: /^npm:fastify(\.default|\.fastify)?$/i,
  cors: corsOf,
  coversErrors: "yes",
  isInstalled: (run, app) =>
    majorVersion(run.project, app.at.file, ["@fastify/cors"]) !== undefined,
  place: afterStatement,
};
