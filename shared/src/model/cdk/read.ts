/** The APIs and functions that an application's CDK code makes. */
import { readBuckets } from "./bucket";
import { readCfnApis } from "./cfn";
import { readCfnRestApis, withCfnMethods } from "./cfn-rest";
import { readCloudFront } from "./cloudfront";
import { classOf, externOf } from "./convert";
import { functionCode } from "./functions";
import { readFunctionUrls } from "./function-url";
import { readHttpApis } from "./http-api";
import { runProgram } from "./program";
import { handlerId, newReader } from "./reader";
import type { Reader } from "./reader";
import { readRestApis } from "./rest-api";
import { triggeredFunctions } from "./triggers";
import type { FunctionCode } from "./functions";
import type { Api, CorsPolicy, Gap } from "../model";
import type { Project } from "../project";

export interface CdkReading {
  readonly apis: readonly Api[];
  readonly policies: readonly CorsPolicy[];
  /** Code behind the APIs' routes, by handler id. */
  readonly functions: ReadonlyMap<string, Extract<FunctionCode, { k: "file" | "inline" }>>;
  /** Ids of handlers whose function is known but stands behind no route. */
  readonly unrouted: ReadonlySet<string>;
  readonly gaps: readonly Gap[];
}

export function readCdk(project: Project): CdkReading {
  const run = runProgram(project);
  const reader = newReader(project, run);
  const apis = withCfnMethods(reader, [
    ...readHttpApis(reader),
    ...readCfnApis(reader),
    ...readRestApis(reader),
    ...readCfnRestApis(reader),
    ...readFunctionUrls(reader),
  ]);
  const { doors, policies } = readCloudFront(reader);
  return {
    apis: apis.map((api) => ({ ...api, frontDoors: doors.get(api.id) ?? [] })),
    policies: [...policies, ...readBuckets(reader)],
    functions: reader.functions,
    unrouted: unroutedFunctions(reader, apis),
    gaps: run.gaps,
  };
}

/**
 * Functions that the program makes but gives to no route: queue consumers, triggers, authorizers. Where routes may exist
 * that were not seen, only those count of which something else is known to call them.
 */
function unroutedFunctions(reader: Reader, apis: readonly Api[]): Set<string> {
  const made = reader.calls.all.filter((value) =>
    /\.aws_lambda(_\w+)?\.\w*Function$/.test(classOf(value) ?? ""),
  );
  const triggered = triggeredFunctions(reader.calls, new Set(made));
  const closed =
    apis.length > 0 &&
    apis.every((api) => api.routesComplete && api.routes.every((route) => !route.unlinked));
  const ids = new Set<string>();
  for (const value of made) {
    if (!closed && !triggered.has(value)) continue;
    const code = functionCode(reader.project, externOf(value));
    if (code.k !== "unknown" && !reader.functions.has(handlerId(code))) ids.add(handlerId(code));
  }
  return ids;
}
