/** middy with `@middy/http-cors`: the handler inside answers, the middleware adds headers. */
import { argument, toProps } from "../../cdk/convert";
import type { Run } from "../../evaluate/run";
import type { ExternVal, Val } from "../../evaluate/values";
import type { Framework } from "../../model";
import { calleeOf, externsIn, rootOf, usesOf } from "./chain";
import type { Use } from "./chain";
import { dialects, sentBy } from "./sends";
import { majorVersion } from "./version";

const middy = /^npm:@middy\/core(\.default)?$/;
const httpCors = /^npm:@middy\/http-cors(\.default)?$/;
const errorHandler = /^npm:@middy\/http-error-handler(\.default)?$/;

/** What middy wraps, and what its middlewares do about CORS. */
export function readMiddy(
  run: Run,
  value: ExternVal,
): { framework: Framework; inner?: Val } | undefined {
  const root = rootOf(value);
  if (!middy.test(calleeOf(root))) return undefined;
  const uses = usesOf(run, root).filter((use) =>
    /^(use|handler|before|after|onError)$/.test(use.name),
  );
  const given = uses.find((use) => use.name === "handler")?.args[0] ?? argument(root, 0, "handler");
  const inner = given?.t === "function" ? given : undefined;
  const base = { name: "middy", at: root.at };
  return {
    framework: { ...base, ...corsOf(run, root, uses) },
    ...(inner ? { inner } : {}),
  };
}

type Cors = Pick<Framework, "cors" | "answersOptions" | "coversErrors">;

function corsOf(run: Run, root: ExternVal, uses: readonly Use[]): Cors {
  const middlewares = uses
    .filter((use) => use.name === "use")
    .flatMap((use) => use.args.flatMap((arg) => partsOf(arg)));
  const positions = middlewares.map((part) => (part.t === "extern" ? calleeOf(part) : ""));
  const index = positions.findIndex((path) => httpCors.test(path));
  const foreign = middlewares.some((_, i) => !/^npm:@middy\//.test(positions[i] ?? ""));
  const hooked = uses.some((use) => /^(before|after|onError)$/.test(use.name));
  const cors = middlewares[index];
  if (cors?.t !== "extern") {
    return foreign || hooked
      ? {
          cors: { kind: "unknown", because: "other middleware may add headers" },
          answersOptions: "unknown",
          coversErrors: "unknown",
        }
      : { cors: { kind: "none" }, answersOptions: "no", coversErrors: "no" };
  }
  const errors = positions.findIndex((path) => errorHandler.test(path));
  const options = toProps(argument(cors, 0, "options"));
  const answers = options?.slots.get("disableBeforePreflightResponse")?.value;
  const state: Omit<Cors, "cors"> = {
    answersOptions: answers?.t === "const" && answers.value === false ? "yes" : "no",
    coversErrors: errors > index ? "yes" : foreign ? "unknown" : "no",
  };
  if (errors >= 0 && errors < index) {
    return {
      ...state,
      cors: {
        kind: "misplaced",
        because:
          "Error handlers run from the last to the first: httpErrorHandler makes its answer after httpCors ran. Use httpCors before it.",
        at: cors.at,
      },
    };
  }
  return { ...state, cors: withOrigin(run, root, cors) };
}

/** Without an origin `httpCors()` allowed every one until version 5, and adds nothing since version 6. */
function withOrigin(run: Run, root: ExternVal, cors: ExternVal): Framework["cors"] {
  const given = argument(cors, 0, "options");
  const options = toProps(given);
  const sends = sentBy(cors, 0, dialects.middy);
  const configured = { kind: "configured", sends, at: cors.at } as const;
  if (given && !options && given.t !== "const")
    return { kind: "unknown", because: "its options cannot be seen" };
  if (["origin", "origins", "getOrigin"].some((name) => options?.slots.has(name)))
    return configured;
  if (options?.open !== undefined) return { kind: "unknown", because: options.open };
  const major = majorVersion(run.project, root.at.file, ["@middy/http-cors", "@middy/core"]);
  if (major === undefined) return { kind: "unknown", because: "the version of middy is not known" };
  return major < 6
    ? configured
    : {
        kind: "misplaced",
        because: "Since version 6 httpCors adds nothing unless it is given `origin` or `origins`.",
        at: cors.at,
      };
}

/** `.use(a)` and `.use([a, b])` */
function partsOf(value: Val): readonly Val[] {
  if (value.t === "array") return value.items.flatMap(partsOf);
  const [found] = externsIn([value]);
  return [found ?? value];
}
