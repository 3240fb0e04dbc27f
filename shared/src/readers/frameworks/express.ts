/** Express with npm cors */
import { afterStatement } from "./insertion-points";
import { likeHono } from "./middleware-headers";
import type { MiddlewareOptions } from "./middleware-headers";
import { used } from "./used";
import { majorVersion } from "./version";
import type { FrameworkDescriptor } from "./descriptor";

const options: MiddlewareOptions = {
  ...likeHono,
  textIsSent: true,
  matches: true,
  decides: "calls back",
};

export const express: FrameworkDescriptor = {
  name: "Express",
  application: /^npm:express(\.default)?$/,
  cors: used({ cors: /^npm:cors(\.default)?(\(\))?$/, options }),
  coversErrors: "yes",
  isInstalled: (run, app) => majorVersion(run.project, app.at.file, ["cors"]) !== undefined,
  place: afterStatement,
};
