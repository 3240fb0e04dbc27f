/** The APIs and functions that an application's CDK code makes. */
import { argument, callProps, isString, toValue, classOf } from "../library-value";
import { readBuckets } from "./bucket";
import { readBucketUses } from "./bucket-uses";
import type { Synthesized } from "../../model/synthesized";
import type { BucketUses } from "./bucket-uses";
import { readCfnApis } from "./cfn";
import { readCfnRestApis, withCfnMethods } from "./cfn-rest";
import { readCloudFront } from "./cloudfront";
import { functionCode } from "./functions";
import { readFunctionUrls } from "./function-url";
import { readLoadBalancers } from "./load-balancer";
import { readHttpApis } from "./http-api";
import { runProgram } from "./program";
import { handlerId, newReader } from "./reader";
import type { Reader } from "./reader";
import { readRestApis } from "./rest-api";
import { isForeignApi, isUnreadSolution } from "./solutions";
import { readSstApis } from "./sst";
import { readSstComponents } from "./sst-components";
import { readSites } from "./sites";
import { madeOf } from "./traces";
import { triggeredFunctions } from "./triggers";
import type { FunctionCode } from "./functions";
import type { Api, Bucket, CorsPolicy, Gap } from "../../model/model";
import type { Site } from "../../model/site";
import type { Project } from "../../ir/project";
import type { ExternValue } from "../../interpreter/core/values";

export interface CdkReading {
  readonly apis: readonly Api[];
  readonly policies: readonly CorsPolicy[];
  readonly buckets?: readonly Bucket[];
  readonly sites?: readonly Site[];
  /** What functions are told of buckets, by the ids of their handlers. */
  readonly bucketUses?: ReadonlyMap<string, BucketUses>;
  /** Code behind the APIs' routes, by handler id. */
  readonly functions: ReadonlyMap<string, Extract<FunctionCode, { k: "file" | "inline" }>>;
  /** Ids of handlers that stand behind no route for certain. */
  readonly unrouted: ReadonlySet<string>;
  /** Ids of all handlers that functions of the program run. */
  readonly made: ReadonlySet<string>;
  readonly gaps: readonly Gap[];
  /** Resources of templates that CDK wrote. */
  readonly synthesized?: readonly Synthesized[];
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
    ...readSstApis(reader),
    ...readSstComponents(reader),
    ...readLoadBalancers(reader),
  ]);
  const made = madeFunctions(reader);
  const outputs = outputsByApi(reader);
  const { behaviors, policies } = readCloudFront(reader);
  const buckets = readBuckets(reader);
  const domains = namesDomains(reader);
  return {
    apis: apis.map((api) => ({
      ...api,
      ...aliasesOf(api, outputs),
      ...(domains || api.packaged ? {} : { onlyAwsAddresses: true as const }),
      behaviors: behaviors.get(api.id) ?? [],
    })),
    policies: [...policies, ...[...buckets.values()].flatMap(({ rules }) => rules)],
    buckets: [...buckets.values()],
    sites: readSites(reader),
    bucketUses: readBucketUses(reader, made, buckets),
    functions: reader.functions,
    unrouted: unroutedFunctions(reader, apis, made),
    made: new Set(made.values()),
    gaps: [...run.gaps, ...unreadConstructs(reader)],
  };
}

/** Constructs of packages that make APIs in ways that are not read. */
function unreadConstructs({ calls }: Reader): readonly Gap[] {
  return calls.all
    .filter((value) => isUnreadSolution(value) || isForeignApi(value))
    .map(({ path, at }) => ({
      because: `the API of \`${path.slice(path.lastIndexOf(".") + 1).replace("()", "")}\` is not read`,
      at,
    }));
}

/** Whether the program makes names for APIs, or distributions that may lead to them. */
function namesDomains(reader: Reader): boolean {
  return reader.calls.all.some((value) => {
    const made = classOf(value) ?? "";
    if (/^cdk\.aws_cloudfront\./.test(made)) return /Distribution$/.test(made);
    const [, construct = ""] = /^cdk\.aws_apigateway(?:v2)?\.(\w+)$/.exec(made) ?? [];
    if (/^(Cfn)?(DomainName|ApiMapping|BasePathMapping)(V2)?$/.test(construct)) return true;
    return /(RestApi|HttpApi|Stage)$/.test(construct) && hasDomainOption(value);
  });
}

/** `domainName` of a REST API, `defaultDomainMapping` of an HTTP API, `domainMapping` of a stage. */
function hasDomainOption(value: ExternValue): boolean {
  const { slots, open } = callProps(value, 2);
  if (open !== undefined) return true;
  return ["domainName", "defaultDomainMapping", "domainMapping"].some((name) => slots.has(name));
}

/** Names of stack outputs that give an API's address, by its id: settings of pages are often called after them. */
function outputsByApi(reader: Reader): ReadonlyMap<string, readonly string[]> {
  const outputs = new Map<string, string[]>();
  for (const output of reader.calls.all) {
    if (!/^cdk\.CfnOutput$/.test(classOf(output) ?? "")) continue;
    const value = callProps(output, 2).slots.get("value")?.value;
    const id = argument(output, 1, "id");
    const name = id && toValue(id, isString);
    const [made, ...others] = value ? madeOf(value, (part) => reader.apis.has(part)) : [];
    const api = made && reader.apis.get(made);
    if (api === undefined || others.length > 0 || name?.kind !== "known") continue;
    outputs.set(api, [...(outputs.get(api) ?? []), name.value]);
  }
  return outputs;
}

function aliasesOf(
  { id, aliases = [] }: Api,
  outputs: ReadonlyMap<string, readonly string[]>,
): Pick<Api, "aliases"> {
  const all = [...aliases, ...(outputs.get(id) ?? [])];
  return all.length > 0 ? { aliases: all } : {};
}

/**
 * Functions that the program makes but gives to no route: queue consumers, triggers, authorizers. Where routes may exist
 * that were not seen, only those count of which something else is known to call them.
 */
function unroutedFunctions(
  reader: Reader,
  apis: readonly Api[],
  made: ReadonlyMap<ExternValue, string>,
): Set<string> {
  const triggered = triggeredFunctions(reader.calls, new Set(made.keys()));
  const closed =
    apis.length > 0 &&
    apis.every((api) => api.routesComplete && api.routes.every((route) => !route.unlinked));
  const unrouted = [...made].filter(
    ([value, id]) => !reader.functions.has(id) && (closed || triggered.has(value)),
  );
  return new Set(unrouted.map(([, id]) => id));
}

/** The functions whose code was found, with the ids of their handlers. */
function madeFunctions(reader: Reader): Map<ExternValue, string> {
  const made = new Map<ExternValue, string>();
  for (const value of reader.calls.all) {
    if (!/\.aws_lambda(_\w+)?\.\w*Function$/.test(classOf(value) ?? "")) continue;
    const code = functionCode(reader.project, value);
    if (code.k !== "unknown") made.set(value, handlerId(code));
  }
  return made;
}
