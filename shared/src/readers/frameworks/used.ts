/** Applications whose middleware is put on by `use`. */
import type { ExternValue } from "../../interpreter/core/values";
import { calleeOf, externsIn, usesOf } from "./chain";
import type { Use } from "./chain";
import { unseen } from "./descriptor";
import type { FrameworkDescriptor } from "./descriptor";
import { registeredAfterRoutes } from "./insertion-points";
import { sentBy } from "./middleware-headers";
import type { MiddlewareOptions } from "./middleware-headers";

const verbs =
  /^(get|post|put|delete|patch|head|options|all|route|on|api_route|add_api_route|include_router|add_url_rule|register_blueprint|mount)$/;

/** How a library's middleware is found and read. */
export interface UsedMiddleware {
  /** What makes it, or is it. */
  readonly cors: RegExp;
  readonly options: MiddlewareOptions;
  /** It works from wherever it is put on; else what is added earlier answers without it. */
  readonly anywhere?: true;
}

/** Reads the middleware among what was given to `use`. */
export function used({ cors, options, anywhere }: UsedMiddleware): FrameworkDescriptor["cors"] {
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
    return {
      kind: "configured",
      sends: partial ? [] : sentBy(found, 0, options, run),
      at: found.at,
    };
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
