/** The APIs and functions of an application's templates: CloudFormation, and what SAM makes of its own. */
import { joinPath } from "../../base/file-paths";
import type { Project } from "../../ir/project";
import { entriesOf, valueAt } from "../../ir/tree";
import type { Api, Gap } from "../../model/model";
import { joinedUses } from "../bucket-links";
import type { CdkReading } from "../cdk/read";
import { handlerId } from "../cdk/reader";
import { constructsOf, manifestsOf, nestedFiles, readAssembly } from "./assembly";
import { readBuckets, readBucketUses } from "./buckets";
import { readCfnHttpApis } from "./cfn-http";
import { readCfnRestApis, responsesOf } from "./cfn-rest";
import { readCloudFront } from "./cloudfront";
import { joinFamily, newFamily } from "./family";
import type { Family } from "./family";
import { readFunctionUrls } from "./function-urls";
import { codeOf, isFunction } from "./functions";
import { readLoadBalancers } from "./load-balancers";
import { mentionsOf } from "./mentions";
import type { ReadCode, TemplateReader } from "./reader";
import { readSamApis } from "./sam-apis";
import { readSites } from "./sites";
import { samProps } from "./sam-globals";
import { isService, readService } from "./serverless";
import { templateOf } from "./template";
import type { Template } from "./template";

/** What templates say, in the form in which CDK code is read. */
export function readTemplates(project: Project): CdkReading {
  const functions = new Map<string, ReadCode>();
  const assemblies = manifestsOf(project).map((manifest) => readAssembly(project, manifest));
  const isCdk = project.isFile(joinPath(project.root, "cdk.json"));
  // Below a `cdk.json` templates are snapshots, or parts that CDK takes in.
  const files = isCdk
    ? assemblies.flatMap(({ templates }) => templates)
    : project.candidates.filter(isDataFile);
  const family = newFamily();
  const templates = templatesOf(project, files, family);
  joinFamily(family, templates);
  const readers = new Map<string, TemplateReader>();
  for (const template of templates)
    readers.set(template.file, {
      project,
      template,
      functions,
      routed: new Set(),
      family: readers,
    });
  const services = files.flatMap((file) => {
    const root = project.facts(file)?.tree;
    if (!isService(root)) return [];
    const service = readService(project, file, root);
    for (const [id, code] of service.functions) functions.set(id, functions.get(id) ?? code);
    return [service];
  });
  const readings = [...services, ...[...readers.values()].map(readTemplate)];
  const lines = new Map(assemblies.flatMap((each) => [...each.lines]));
  const synthesized = isCdk ? templates.flatMap((each) => constructsOf(each, lines)) : [];
  // The name of an API may be made in another template than the API.
  const isPlain = services.length === 0 && !templates.some(namesDomains);
  return {
    apis: readings.flatMap(({ apis }) =>
      isPlain ? apis.map((api) => ({ ...api, onlyAwsAddresses: true as const })) : apis,
    ),
    policies: readings.flatMap(({ policies }) => policies),
    buckets: readings.flatMap(({ buckets = [] }) => buckets),
    sites: readings.flatMap(({ sites = [] }) => sites),
    bucketUses: joinedUses(readings.map(({ bucketUses }) => bucketUses)),
    functions,
    unrouted: new Set(
      readings.flatMap(({ unrouted }) => [...unrouted]).filter((id) => !functions.has(id)),
    ),
    made: new Set(readings.flatMap(({ made }) => [...made])),
    gaps: readings.flatMap(({ gaps }) => gaps),
    ...(synthesized.length > 0 ? { synthesized } : {}),
  };
}

/** The templates in some files, with those that they nest, each once. */
function templatesOf(
  project: Project,
  files: readonly string[],
  family: Family,
): readonly Template[] {
  const found = new Map<string, Template>();
  const isAssembly = manifestsOf(project).length > 0;
  const pending = [...files];
  for (let file = pending.shift(); file !== undefined; file = pending.shift()) {
    if (found.has(file) || found.size >= mostTemplates) continue;
    const template = templateOf(file, project.facts(file)?.tree, family);
    if (!template) continue;
    found.set(file, template);
    // Of other applications nested templates are files of their own.
    if (isAssembly) pending.push(...nestedFiles(template));
  }
  return [...found.values()];
}

/** Templates of one application. */
const mostTemplates = 1000;

/** YAML and JSON. */
export function isDataFile(file: string): boolean {
  return /\.(ya?ml|json|template)$/.test(file);
}

/** Reads one template. */
export function readTemplate(reader: TemplateReader): CdkReading {
  const { template } = reader;
  const found = [
    ...(template.isSam ? readSamApis(reader) : []),
    ...readCfnRestApis(reader),
    ...readCfnHttpApis(reader),
    ...readFunctionUrls(reader),
    ...readLoadBalancers(reader),
  ];
  const cdn = readCloudFront(reader, new Set(found.map(({ name }) => name)));
  const outputs = outputsByApi(template, found);
  const apis = found.map((api) => {
    const aliases = [...(api.aliases ?? []), ...(outputs.get(api.name) ?? [])];
    const added = api.construct.startsWith("AWS::Serverless") ? responsesOf(reader, api.name) : [];
    return {
      ...api,
      gatewayResponses: [...api.gatewayResponses, ...added],
      behaviors: cdn.behaviors.get(api.name) ?? [],
      ...(aliases.length > 0 ? { aliases } : {}),
    };
  });
  const made = madeFunctions(reader);
  const buckets = readBuckets(reader);
  return {
    apis,
    policies: [...cdn.policies, ...[...buckets.values()].flatMap(({ rules }) => rules)],
    buckets: [...buckets.values()],
    sites: readSites(reader),
    bucketUses: readBucketUses(reader, made, buckets),
    functions: reader.functions,
    unrouted: unroutedFunctions(reader, apis, made),
    made: new Set(made.values()),
    gaps: gapsOf(template),
  };
}

/** Whether the template makes names for APIs, distributions that may lead to them, or what is not seen. */
function namesDomains({ open, resources, root }: Template): boolean {
  const named =
    /^AWS::(ApiGateway(V2)?::(DomainName|ApiMapping|BasePathMapping)(V2)?|CloudFront::Distribution)$/;
  const globals = ["Api", "HttpApi"].some((section) => valueAt(root, "Globals", section, "Domain"));
  return (
    open !== undefined ||
    globals ||
    [...resources.values()].some(
      ({ type, props }) =>
        named.test(type) ||
        (type.startsWith("AWS::Serverless::") && valueAt(props, "Domain") !== undefined),
    )
  );
}

function gapsOf({ open, root }: Template): readonly Gap[] {
  if (open === undefined) return [];
  const { file, start } = root.at;
  return [{ because: `Resources may be missing here: ${open}`, at: { file, start, end: start } }];
}

/** Names of outputs that give an API's address, by its logical id. */
function outputsByApi(
  template: Template,
  apis: readonly Api[],
): ReadonlyMap<string, readonly string[]> {
  const names = new Set(apis.map(({ name }) => name));
  const outputs = new Map<string, string[]>();
  for (const { key, value } of entriesOf(valueAt(template.root, "Outputs"))) {
    const [api, ...others] = mentionsOf(valueAt(value, "Value")).filter((id) => names.has(id));
    if (api !== undefined && others.length === 0)
      outputs.set(api, [...(outputs.get(api) ?? []), key]);
  }
  return outputs;
}

/** Functions whose code was found, with the ids of their handlers. */
function madeFunctions(reader: TemplateReader): ReadonlyMap<string, string> {
  const made = new Map<string, string>();
  for (const resource of reader.template.resources.values()) {
    if (!isFunction(resource)) continue;
    const code = codeOf(reader, resource);
    if (code.k !== "unknown") made.set(resource.id, handlerId(code));
  }
  return made;
}

/** Functions behind no route for certain: something else is known to call them, or every route leads elsewhere. */
function unroutedFunctions(
  { template, routed }: TemplateReader,
  apis: readonly Api[],
  made: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const closed =
    apis.length > 0 &&
    apis.every((api) => api.routesComplete && api.routes.every(({ unlinked }) => !unlinked));
  const triggered = triggeredFunctions(template);
  const ids = [...made].filter(([id]) => !routed.has(id) && (closed || triggered.has(id)));
  return new Set(ids.map(([, handler]) => handler));
}

/** Resources that call a function other than for a request. */
const callers =
  /^AWS::(Lambda::EventSourceMapping|Events::Rule|Scheduler::Schedule|SNS::Subscription|Cognito::UserPool|ApiGateway(V2)?::Authorizer|CloudFormation::CustomResource|StepFunctions::StateMachine|Serverless::StateMachine|IoT::TopicRule|Logs::SubscriptionFilter|AppSync::DataSource)$|^Custom::/;

function triggeredFunctions(template: Template): ReadonlySet<string> {
  const found = new Set<string>();
  for (const resource of template.resources.values()) {
    if (callers.test(resource.type)) for (const id of mentionsOf(resource.props)) found.add(id);
    for (const { value } of entriesOf(valueAt(samProps(template, resource), "Auth", "Authorizers")))
      for (const id of mentionsOf(value)) found.add(id);
    const events = entriesOf(valueAt(samProps(template, resource), "Events"));
    const types = events.map(({ value }) => valueAt(value, "Type"));
    const isApi = types.some((type) => type?.k === "scalar" && /^(Http)?Api$/.test(type.text));
    if (events.length > 0 && !isApi) found.add(resource.id);
  }
  return found;
}
