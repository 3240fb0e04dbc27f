/** Resolvers of Powertools for Python with CORSConfig */
import type { Evaluation } from "../../interpreter/core/state";
import type { ExternValue } from "../../interpreter/core/values";
import type { SupportPlace } from "../../model/framework";
import { classOf } from "../library-value";
import { calleeOf, callOf, usesOf } from "./chain";
import { unseen } from "./descriptor";
import type { Cors } from "./descriptor";
import { droppedCredentials, sentBy } from "./middleware-headers";
import type { MiddlewareOptions } from "./middleware-headers";
import type { FrameworkDescriptor } from "./descriptor";

const options: MiddlewareOptions = {
  origins: ["allowOrigin"],
  credentials: "allowCredentials",
  default: "*",
  openWithCredentials: "no credentials",
  starInList: false,
  textIsSent: false,
  more: "extraOrigins",
  positional: ["allowOrigin", "extraOrigins"],
};

/** Powertools for Python: `APIGatewayRestResolver(cors=CORSConfig(…))` */
function corsOf(run: Evaluation, app: ExternValue): Cors {
  const given = app.made.by === "call" ? app.made.args : undefined;
  const cors = given?.named.get("cors");
  if (given?.open !== undefined) return unseen(given.open);
  if (cors && cors.value.t === "extern" && /CORSConfig$/.test(calleeOf(cors.value))) {
    const sends = sentBy(cors.value, Infinity, options);
    const dropped = droppedCredentials(cors.value, options);
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
}

/** `cors` is the first parameter of all but the oldest, and may have been given by position. */
function placeOf(app: ExternValue): SupportPlace | undefined {
  const call = callOf(app);
  if (!call || app.made.by !== "call") return undefined;
  const given = app.made.args.positional.length;
  const most = /\.ApiGatewayResolver$/.test(classOf(app) ?? "") ? 1 : 0;
  return given > most ? undefined : { kind: "option", call };
}

export const powertoolsPy: FrameworkDescriptor = {
  name: "Powertools",
  application:
    /^py:aws_lambda_powertools\.event_handler(\.\w+)*\.(APIGatewayRestResolver|APIGatewayHttpResolver|LambdaFunctionUrlResolver|ALBResolver|ApiGatewayResolver)$/,
  cors: corsOf,
  // What it answers itself carries them. An unhandled exception leaves the handler, and is no answer.
  coversErrors: "yes",
  letsErrorsOut: true,
  place: (_run, app) => placeOf(app),
};
