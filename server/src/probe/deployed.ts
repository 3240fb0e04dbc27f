/** Where an application is deployed, as far as files beside it tell. They are read as data; nothing is run. */
import { apiTraits } from "../../../shared/src/model/kinds";
import { Door } from "../files/door";
import { namesIn } from "../files/disk";
import { originOf, parseUrl } from "../../../shared/src/browser";
import type { Api } from "../../../shared/src/model/model";

/** An address that a file of the workspace gives. */
export interface DeployedAddress {
  readonly url: string;
  /** The file and the name in it, as `cdk-outputs.json: OrdersStack.ApiUrl`. */
  readonly from: string;
  /** The name alone. */
  readonly name: string;
}

/** Larger files are no list of outputs, in bytes. */
const LARGEST = 4_000_000;

/** Files in which people keep what a deployment said: outputs of stacks, and lists of endpoints. */
const answers = /(outputs?|stacks?|endpoints?)[^/]*\.json$/i;

/**
 * The addresses in what `cdk deploy --outputs-file`, `aws cloudformation describe-stacks`, `sam list stack-outputs` and
 * `sam list endpoints` (with `--output json`) wrote beside `cdk.json` or the template, then the custom domains in the
 * templates of `cdk.out`. Files that are missing or broken count for nothing.
 */
export async function deployedAddresses(folder: string): Promise<readonly DeployedAddress[]> {
  const door = new Door([folder]);
  const names = await namesIn(folder);
  const outputs = names.filter((name) => answers.test(name)).sort();
  const found: DeployedAddress[] = [];
  for (const name of outputs) found.push(...outputsIn(name, json(door, `${folder}/${name}`)));
  found.push(...templateAddresses(door, `${folder}/cdk.out`));
  return [...new Map(found.map((address) => [address.url, address] as const).reverse())]
    .map(([, address]) => address)
    .reverse();
}

/** The addresses that may be this API's, likely ones first. Of several APIs each takes only those of its kind. */
export function addressesFor(
  api: Api,
  addresses: readonly DeployedAddress[],
): readonly DeployedAddress[] {
  const fitting = addresses.filter(({ url }) => fits(api, url));
  const names = (address: DeployedAddress) => isNamedAfter(address, api);
  return [...fitting.filter(names), ...fitting.filter((address) => !names(address))];
}

/** Whether the address has the API's name in its own. */
export function isNamedAfter({ name }: DeployedAddress, api: Api): boolean {
  const own = plain(api.name);
  if (api.aliases?.includes(name.slice(name.lastIndexOf(".") + 1)) === true) return true;
  return own !== "" && plain(name).includes(own);
}

/** Hosts that AWS gives out tell what kind of API they lead to; custom domains may be any. */
function fits({ kind }: Api, url: string): boolean {
  const host = parseUrl(url)?.host ?? "";
  if (/\.lambda-url\.[a-z0-9-]+\.on\.aws$/.test(host)) return apiTraits[kind].host === "lambda-url";
  if (/\.elb\.amazonaws\.com(\.cn)?$/.test(host)) return apiTraits[kind].host === "elb";
  return !/\.execute-api\./.test(host) || apiTraits[kind].host === "execute-api";
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function outputsIn(file: string, value: unknown): DeployedAddress[] {
  if (Array.isArray(value)) return value.flatMap((item) => listed(file, "", item));
  const stacks = field(value, "Stacks");
  if (Array.isArray(stacks))
    return stacks.flatMap((stack) => {
      const outputs = field(stack, "Outputs");
      const name = field(stack, "StackName");
      const prefix = typeof name === "string" ? `${name}.` : "";
      return Array.isArray(outputs) ? outputs.flatMap((item) => listed(file, prefix, item)) : [];
    });
  return entries(value).flatMap(([stack, outputs]) =>
    entries(outputs).flatMap(([name, output]) => address(file, `${stack}.${name}`, output)),
  );
}

/** An output as CloudFormation writes it, or an endpoint as SAM lists it. */
function listed(file: string, prefix: string, item: unknown): DeployedAddress[] {
  const key = field(item, "OutputKey");
  if (typeof key === "string") return address(file, prefix + key, field(item, "OutputValue"));
  const id = field(item, "LogicalResourceId");
  const endpoints = field(item, "CloudEndpoint");
  if (typeof id !== "string" || !Array.isArray(endpoints)) return [];
  return endpoints.flatMap((endpoint) => address(file, id, endpoint));
}

function templateAddresses(door: Door, assembly: string): DeployedAddress[] {
  const manifest = json(door, `${assembly}/manifest.json`);
  const files = entries(field(manifest, "artifacts")).flatMap(([, artifact]) => {
    const file = field(field(artifact, "properties"), "templateFile");
    return typeof file === "string" && /^[\w.-]+$/.test(file) ? [file] : [];
  });
  const found: DeployedAddress[] = [];
  for (const file of files) {
    const template = json(door, `${assembly}/${file}`);
    for (const [name, resource] of entries(field(template, "Resources"))) {
      const domains = domainsOf(field(resource, "Type"), field(resource, "Properties"));
      found.push(
        ...domains.flatMap((domain) => address(`cdk.out/${file}`, name, `https://${domain}/`)),
      );
    }
  }
  return found;
}

function domainsOf(type: unknown, properties: unknown): readonly string[] {
  if (type === "AWS::CloudFront::Distribution") {
    const aliases = field(field(properties, "DistributionConfig"), "Aliases");
    return Array.isArray(aliases) ? aliases.filter((alias) => typeof alias === "string") : [];
  }
  if (type !== "AWS::ApiGatewayV2::DomainName" && type !== "AWS::ApiGateway::DomainName") return [];
  const domain = field(properties, "DomainName");
  return typeof domain === "string" ? [domain] : [];
}

function address(file: string, name: string, value: unknown): DeployedAddress[] {
  if (typeof value !== "string" || !/^https?:\/\//.test(value) || originOf(value) === null)
    return [];
  return [{ url: value, from: `${file}: ${name}`, name }];
}

function json(door: Door, file: string): unknown {
  try {
    return JSON.parse(door.text(file, LARGEST) ?? "") as unknown;
  } catch {
    return undefined;
  }
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}

function field(value: unknown, name: string): unknown {
  return entries(value).find(([key]) => key === name)?.[1];
}
