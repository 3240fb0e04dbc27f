/** The words of where infrastructure is written: CDK's code, or a template. One place, so that rules need not ask. */
import { traitsOf } from "../model/kinds";
import type { Api, CorsPolicy, PolicyForm } from "../model/model";

type Subject = Pick<CorsPolicy, "language"> &
  Partial<Pick<CorsPolicy, "form"> & Pick<Api, "construct">>;

/** Who makes of it what is deployed. */
export function toolOf({ language, form, construct }: Subject): "CDK" | "SAM" | "CloudFormation" {
  if (language !== "template") return "CDK";
  return form === "samApi" || construct?.startsWith("AWS::Serverless::") ? "SAM" : "CloudFormation";
}

/** How the policy of an HTTP API spells "any method". */
export function anyMethodOf({ language }: Subject): string {
  return language === "template" ? "*" : "CorsHttpMethod.ANY, which is *";
}

/** Why a policy with `*` and credentials is refused before any browser sees it; `undefined` where it deploys. */
export function refusalOf({
  form,
  language,
}: Pick<CorsPolicy, "form" | "language">): string | undefined {
  return refusals[form]?.[language === "template" ? "template" : "code"];
}

interface Refusal {
  readonly code?: string;
  readonly template?: string;
}

const byGateway = "API Gateway refuses to deploy this.";
const refusals: Readonly<Record<PolicyForm, Refusal | undefined>> = {
  httpApi: {
    code: "CDK refuses to synthesize this, and so does API Gateway.",
    template: byGateway,
  },
  cfnApi: { code: byGateway, template: byGateway },
  samApi: { template: "SAM refuses to deploy this." },
  restDefault: undefined,
  restResource: undefined,
  functionUrl: undefined,
  responseHeadersPolicy: undefined,
  bucket: undefined,
};

/** Who documents or refuses more than a day. */
export function longestAgeOf(policy: CorsPolicy): string {
  if (traitsOf(policy).service === "http")
    return "API Gateway documents at most 86400 s for an HTTP API.";
  return policy.language === "template"
    ? "AWS documents at most 86400 s for a Function URL."
    : "CDK refuses more than 86400 s on a Function URL.";
}

/** Why OPTIONS methods that a tool makes ask for what no preflight carries. */
export function guardedPreflights(api: Api, asks: "authorization" | "key"): string {
  if (toolOf(api) === "CDK")
    return "Before version 2.46 CDK gives its OPTIONS methods the API's authorizer. Upgrade aws-cdk-lib.";
  return asks === "key"
    ? "SAM asks for the API key on its OPTIONS methods too. Set AddApiKeyRequiredToCorsPreflight to false."
    : "SAM gives its OPTIONS methods the default authorizer. Set AddDefaultAuthorizerToCorsPreflight to false.";
}
