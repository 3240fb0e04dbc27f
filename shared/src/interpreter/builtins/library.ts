/** What the languages' own functions do, as far as configuration and handlers use them. */
import { listed, sortedList, turned } from "./lists";
import { lengthOf } from "../core/elements";
import type { Span } from "../../ir/span";
import { folds } from "./library-iteration";
import { patterns } from "./library-patterns";
import { binary } from "../syntax/operators";
import { basename, dirname, joinPath } from "../../base/file-paths";
import type { Library } from "../core/domain";
import type { Evaluation } from "../core/state";
import { known, unknown } from "../core/values";
import type { CallArgs, ExternValue, AbstractValue } from "../core/values";

import {
  scopeOf,
  first,
  concatPaths,
  fieldDefault,
  joinPaths,
  sameText,
  passOn,
  inert,
  parsed,
  copied,
  headersObject,
  assigned,
  mapObject,
  view,
  environment,
  ranged,
  enumerated,
  zipped,
  attribute,
  numberOf,
  boolOf,
  promised,
  rejected,
  timer,
  streamified,
  streamed,
  pathPart,
  bound,
  serialized,
} from "./natives";
import type { Native } from "./natives";

/** The library of the two languages; `more` adds the constants and functions of others. */
export function languageLibrary(more: Partial<Library> = {}): Library {
  return {
    member: (run, value) => more.member?.(run, value) ?? member(run, value),
    call: (run, value, args) => {
      const native = natives.get(value.path);
      return (
        native?.(run, args, value) ??
        folds.get(value.path)?.(run, scopeOf(args, value), args) ??
        more.call?.(run, value, args) ??
        methodCall(run, value, args)
      );
    },
  };
}

function member(run: Evaluation, value: ExternValue): AbstractValue | undefined {
  if (value.made.by !== "member") return undefined;
  const { of, name } = value.made;
  if (of.path === "global:import.meta") return metaMember(name, value.at);
  if (isEnvironment(of.path) && name !== "get")
    return (
      run.domain.environment?.(name) ??
      unknown(`the environment variable ${name}`, value.at, { name, text: true })
    );
  const status =
    /^(?:npm:http-status-codes\.(?:default\.)?(?:StatusCodes\.)?|py:http\.HTTPStatus\.)([A-Z_]+)$/.exec(
      value.path,
    )?.[1];
  const code = status === undefined ? undefined : httpStatus[status];
  return code === undefined ? undefined : known(code, value.at);
}

/** `import.meta.url` is the file's path here, as paths and `file:` URLs are not told apart. */
function metaMember(name: string, at: Span): AbstractValue | undefined {
  if (name === "dirname") return known(dirname(at.file), at);
  return name === "filename" || name === "url" ? known(at.file, at) : undefined;
}

/** `new URL("../lambda", import.meta.url)`, whose `pathname` is itself. */
const fileUrl: Native = (_, { positional: [path, base], at }) => {
  const texts = [path, base].map((part) =>
    part?.t === "const" && typeof part.value === "string" ? part.value : undefined,
  );
  const [text, from] = texts;
  return text !== undefined && from?.startsWith("/")
    ? known(joinPath(dirname(from), text), at)
    : undefined;
};

function isEnvironment(path: string): boolean {
  return path === "global:process.env" || path === "py:os.environ";
}

const httpStatus: Readonly<Record<string, number>> = {
  OK: 200, CREATED: 201, ACCEPTED: 202, NO_CONTENT: 204, MOVED_PERMANENTLY: 301, FOUND: 302, NOT_MODIFIED: 304,
  BAD_REQUEST: 400, UNAUTHORIZED: 401, FORBIDDEN: 403, NOT_FOUND: 404, METHOD_NOT_ALLOWED: 405, CONFLICT: 409, GONE: 410,
  UNPROCESSABLE_ENTITY: 422, TOO_MANY_REQUESTS: 429, INTERNAL_SERVER_ERROR: 500, NOT_IMPLEMENTED: 501, BAD_GATEWAY: 502,
  SERVICE_UNAVAILABLE: 503, GATEWAY_TIMEOUT: 504,
}; // prettier-ignore

const natives = new Map<string, Native>([
  ["npm:path.join", concatPaths],
  ["npm:path.default.join", concatPaths],
  ["npm:path.posix.join", concatPaths],
  ["npm:path.resolve", joinPaths],
  ["npm:path.default.resolve", joinPaths],
  ["npm:path.dirname", pathPart(dirname)],
  ["npm:path.basename", pathPart(basename)],
  ["py:os.path.join", joinPaths],
  ["py:os.path.dirname", pathPart(dirname)],
  ["py:os.path.abspath", passOn],
  ["py:os.path.realpath", passOn],
  ["py:os.path.normpath", pathPart((path) => joinPath(path))],
  ["py:os.fspath", passOn],
  ["py:pathlib.Path", joinPaths],
  ["npm:url.fileURLToPath", passOn],
  ["global:URL", fileUrl],
  ["global:process.cwd", workingFolder],
  ["npm:process.cwd", workingFolder],
  ["py:os.getcwd", workingFolder],
  ["py:pathlib.Path.cwd", workingFolder],
  ["global:Object.assign", assigned],
  ["global:Object.freeze", passOn],
  ["global:Object.keys", view("keys")],
  ["global:Object.values", view("values")],
  ["global:Object.entries", view("entries")],
  ["global:Object.fromEntries", copied],
  ["global:structuredClone", passOn],
  ["global:Array.from", listed],
  [
    "global:Array.isArray",
    (_, args) => {
      const value = first(args);
      return value.t === "array"
        ? known(true, args.at)
        : value.t === "const" || value.t === "object"
          ? known(false, args.at)
          : unknown("a type test", args.at);
    },
  ],
  ["global:Set", listed],
  ["global:Map", mapObject],
  ["global:String", sameText],
  [
    "global:str",
    (_, args) => {
      const value = first(args);
      if (value.t === "const" && typeof value.value === "boolean")
        return known(value.value ? "True" : "False", args.at);
      return value.t === "const" && value.value !== undefined
        ? known(String(value.value), args.at)
        : value;
    },
  ],
  ["global:Number", numberOf],
  ["global:int", numberOf],
  ["global:float", numberOf],
  ["global:parseInt", numberOf],
  ["global:Boolean", boolOf],
  ["global:bool", boolOf],
  ["global:JSON.stringify", serialized],
  ["py:json.dumps", serialized],
  ...patterns,
  ["global:JSON.parse", parsed],
  ["py:json.loads", parsed],
  ["global:Promise", promised],
  ["global:Promise.resolve", passOn],
  ["global:Promise.reject", rejected],
  ["global:Promise.all", (_, args) => first(args)],
  ["global:setTimeout", timer],
  ["global:awslambda.streamifyResponse", streamified],
  ["global:awslambda.HttpResponseStream.from", streamed],
  ["global:dict", copied],
  ["global:list", listed],
  ["global:tuple", listed],
  ["global:set", listed],
  ["global:frozenset", listed],
  [
    "global:sorted",
    (run, args, callee) =>
      sortedList(listed(run, { ...args, positional: args.positional.slice(0, 1) }, callee), args),
  ],
  ["global:reversed", (run, args, callee) => turned(listed(run, args, callee))],
  ["global:range", ranged],
  ["global:enumerate", enumerated],
  ["global:zip", zipped],
  ["global:len", (_, args) => lengthOf(first(args), args.at)],
  ["global:getattr", attribute],
  ["global:print", (_, args) => known(undefined, args.at)],
  [
    "global:isinstance",
    (_, args, callee) => {
      const [value, type] = args.positional;
      return value && type
        ? binary(_, scopeOf(args, callee), "instanceof", value, type, args.at)
        : unknown("a type test", args.at);
    },
  ],
  ["global:vars", copied],
  ["py:types.SimpleNamespace", copied],
  ["py:dataclasses.asdict", copied],
  ["py:asyncio.run", passOn],
  ["py:asyncio.wait_for", passOn],
  ["py:asyncio.get_event_loop().run_until_complete", passOn],
  ["py:asyncio.new_event_loop().run_until_complete", passOn],
  ["py:os.getenv", environment],
  ["py:os.environ.get", environment],
  ["py:functools.partial", bound],
  ["py:dataclasses.field", fieldDefault],
  [
    "py:copy.deepcopy",
    (run, args, callee) => (first(args).t === "object" ? copied(run, args, callee) : first(args)),
  ],
  [
    "py:copy.copy",
    (run, args, callee) => (first(args).t === "object" ? copied(run, args, callee) : first(args)),
  ],
  ["py:functools.wraps", (_, args) => ({ t: "native", name: "wraps", at: args.at, call: first })],
  ["py:functools.lru_cache", passDecorator],
  ["py:functools.cache", passOn],
]);

/** CDK runs an app in the folder of its `cdk.json`. */
function workingFolder(run: Evaluation, args: CallArgs): AbstractValue {
  return known(run.project.root, args.at);
}

/** `@lru_cache` and `@lru_cache(maxsize=1)` leave the function as it is. */
function passDecorator(_: Evaluation, args: CallArgs): AbstractValue {
  const given = args.positional[0];
  return given?.t === "function"
    ? given
    : { t: "native", name: "decorator", at: args.at, call: first };
}

/** Methods of paths and of errors, by their last name. */
function methodCall(
  run: Evaluation,
  value: ExternValue,
  args: CallArgs,
): AbstractValue | undefined {
  void run;
  if (/^global:([A-Z]\w*)?(Error|Exception)$/.test(value.path)) return inert(run, args, value);
  if (value.path === "global:Headers") return headersObject(run, args, value);
  return undefined;
}
