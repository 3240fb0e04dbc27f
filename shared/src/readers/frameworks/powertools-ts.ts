/** Router of Powertools for TypeScript */
import { classOf } from "../library-value";
import { afterStatement } from "./insertion-points";
import { likeHono } from "./middleware-headers";
import { used } from "./used";
import type { FrameworkDescriptor } from "./descriptor";

export const powertoolsTs: FrameworkDescriptor = {
  name: "Powertools",
  application: /^npm:@aws-lambda-powertools\/event-handler(\/\w+)*\.Router$/,
  cors: used({
    cors: /^npm:@aws-lambda-powertools\/event-handler(\/\w+)*\.cors$/,
    options: { ...likeHono, starInList: true },
    // It puts middleware around the routes with each request.
    anywhere: true,
  }),
  coversErrors: "yes",
  // Earlier versions had it elsewhere, for trial.
  isInstalled: (_run, app) => /event-handler\/http\.Router$/.test(classOf(app) ?? ""),
  place: afterStatement,
};
