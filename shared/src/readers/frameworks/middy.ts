/** middy with `@middy/http-cors`: the handler inside answers, the middleware adds headers. */
import { argument, toProps } from "../library-value";
import type { Evaluation } from "../../interpreter/core/state";
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { Misplacement } from "../../model/framework";
import type { Framework } from "../../model/model";
import { within, type Span } from "../../ir/span";
import { calleeOf, callOf, externsIn, rootOf, usesOf } from "./chain";
import type { Use } from "./chain";
import type { MiddlewareOptions } from "./middleware-headers";
import { sentBy } from "./middleware-headers";
import { majorVersion } from "./version";
import { givenAway } from "../../interpreter/syntax/unseen";

const middy = /^npm:@middy\/core(\.default)?$/;
const httpCors = /^npm:@middy\/http-cors(\.default)?$/;
const errorHandler = /^npm:@middy\/http-error-handler(\.default)?$/;

/** `getOrigin` is a function. */
const corsOptions: MiddlewareOptions = {
  origins: ["origins", "origin"],
  credentials: "credentials",
  default: "*",
  openWithCredentials: "origin",
  starInList: true,
  textIsSent: true,
  overriddenBy: ["getOrigin"],
};

/** What middy wraps, and what its middlewares do about CORS. */
export function readMiddy(
  run: Evaluation,
  value: ExternValue,
): { framework: Framework; inner?: AbstractValue } | undefined {
  const root = rootOf(value);
  if (!middy.test(calleeOf(root))) return undefined;
  const uses = usesOf(run, root).filter((use) =>
    /^(use|handler|before|after|onError)$/.test(use.name),
  );
  const given = uses.find((use) => use.name === "handler")?.args[0] ?? argument(root, 0, "handler");
  const inner = given?.t === "function" ? given : undefined;
  const base = { name: "middy", form: "middy", at: root.at, wraps: true } as const;
  return {
    framework: { ...base, ...corsOf(run, root, uses) },
    ...(inner ? { inner } : {}),
  };
}

type Cors = Pick<Framework, "cors" | "answersOptions" | "coversErrors" | "letsErrorsOut">;

function corsOf(run: Evaluation, root: ExternValue, uses: readonly Use[]): Cors {
  const middlewares = uses.filter((use) => use.name === "use").flatMap(partsOf);
  const positions = middlewares.map(({ value }) => (value.t === "extern" ? calleeOf(value) : ""));
  const index = positions.findIndex((path) => httpCors.test(path));
  const foreign = positions.some((path) => !/^npm:@middy\//.test(path));
  const hooked = uses.some((use) => isHook(use));
  const caught = foreign || hooked || positions.some((path) => errorHandler.test(path));
  const out = caught ? {} : { letsErrorsOut: true as const };
  const cors = middlewares[index]?.value;
  if (cors?.t !== "extern") {
    return foreign || hooked
      ? unseenCors("other middleware may add headers")
      : { cors: { kind: "none" }, answersOptions: "no", coversErrors: "no", ...out };
  }
  const errors = positions.findIndex((path) => errorHandler.test(path));
  if (middlewares[index]?.use.conditional) return unseenCors("httpCors is used under a condition");
  const options = toProps(argument(cors, 0, "options"));
  const answers = options?.slots.get("disableBeforePreflightResponse")?.value;
  const state: Omit<Cors, "cors"> = {
    answersOptions: answers?.t === "const" && answers.value === false ? "yes" : "no",
    coversErrors: errors > index ? "yes" : foreign ? "unknown" : "no",
    ...out,
  };
  const given = withOrigin(run, root, cors);
  if (errors >= 0 && errors < index) {
    const faults = given.kind === "misplaced" ? given.faults : [];
    return {
      ...state,
      cors: {
        kind: "misplaced",
        because:
          "Error handlers run from the last to the first: httpErrorHandler makes its answer after httpCors ran. Use httpCors before it.",
        at: cors.at,
        faults: [...faults, ...afterErrorHandler(uses, middlewares.slice(errors, index + 1))],
      },
    };
  }
  return { ...state, cors: given };
}

const unseenCors = (because: string): Cors => ({
  cors: { kind: "unknown", because },
  answersOptions: "unknown",
  coversErrors: "unknown",
});

const isHook = (use: Use): boolean => /^(before|after|onError)$/.test(use.name);

/**
 * The calls from the error handler to `httpCors`, where each is written where it is used. The others keep their order, and
 * hooks between them would not.
 */
function afterErrorHandler(uses: readonly Use[], parts: readonly Part[]): readonly Misplacement[] {
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return [];
  const between = uses.slice(uses.indexOf(first.use), uses.indexOf(last.use));
  const calls = parts.flatMap(({ written }) => written ?? []);
  const places = new Set(calls.map(({ file, start }) => `${file}:${start}`));
  const whole = places.size === parts.length && calls.every(({ file }) => file === calls[0]?.file);
  return whole && !between.some(isHook) ? [{ kind: "afterErrorHandler", calls }] : [];
}

/** Without an origin `httpCors()` allowed every one until version 5, and adds nothing since version 6. */
function withOrigin(run: Evaluation, root: ExternValue, cors: ExternValue): Framework["cors"] {
  const given = argument(cors, 0, "options");
  const options = toProps(given);
  const sends = sentBy(cors, 0, corsOptions);
  const configured = { kind: "configured", sends, at: cors.at } as const;
  if (given && !options && given.t !== "const")
    return { kind: "unknown", because: "its options cannot be seen" };
  if (["origin", "origins", "getOrigin"].some((name) => options?.slots.has(name)))
    return configured;
  const call = callOf(cors);
  const own = options?.block && call && within(options.block, call);
  // Given to httpCors itself, as all options are.
  if (options?.open !== undefined && !(own && options.open === givenAway))
    return { kind: "unknown", because: options.open };
  const major = majorVersion(run.project, root.at.file, ["@middy/http-cors", "@middy/core"]);
  if (major === undefined) return { kind: "unknown", because: "the version of middy is not known" };
  if (major < 6) return configured;
  return {
    kind: "misplaced",
    because: "Since version 6 httpCors adds nothing unless it is given `origin` or `origins`.",
    at: cors.at,
    faults: call ? [{ kind: "withoutOrigin", form: "middy", call }] : [],
  };
}

/** What was given to `use`. */
interface Part {
  readonly value: AbstractValue;
  readonly use: Use;
  /** The call that makes it, where it stands in the call of `use`, or in the list that is given to it. */
  readonly written?: Span;
}

/** `.use(a)` and `.use([a, b])` */
function partsOf(use: Use): readonly Part[] {
  const at = callOf(use.value);
  return use.args.flatMap((arg) => partsIn(use, arg, use.conditional ? undefined : at));
}

function partsIn(use: Use, value: AbstractValue, around: Span | undefined): readonly Part[] {
  if (value.t === "array") {
    return value.items.flatMap((item) => partsIn(use, item, around && value.at));
  }
  const [found] = externsIn([value]);
  const call = value.t === "extern" ? callOf(value) : undefined;
  const written = call && around && within(call, around) ? { written: call } : {};
  return [{ value: found ?? value, use, ...written }];
}
