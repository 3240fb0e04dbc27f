/**
 * AWS Solutions Constructs that put a `LambdaRestApi` before a function. Read from the published packages (core 2.104):
 * `apiGatewayProps` go to the API over the package's own options, whose methods ask for a signature of IAM.
 */
import type { AbstractValue, ExternValue, Property } from "../../interpreter/core/values";
import { known } from "../../interpreter/core/values";
import { argument, callProps, classOf, externOf, toProps } from "../library-value";
import type { Props } from "../library-value";

const lambdaApi =
  /^cdk\.solutions\.\w+\.(ApiGatewayToLambda|CognitoToApiGatewayToLambda|CloudFrontToApiGatewayToLambda)$/;

/** Whether it is one whose API is read here. */
export function isSolution(value: ExternValue): boolean {
  return lambdaApi.test(classOf(value) ?? "");
}

/** Others make APIs too, in ways that are not read. */
export function isUnreadSolution(value: ExternValue): boolean {
  return (
    !isSolution(value) &&
    /^cdk\.solutions\.\w+\.\w*(ApiGateway|RestApi)\w*$/.test(classOf(value) ?? "")
  );
}

/**
 * A construct of a package that is not read, by whose name it makes an API: `new TypeSafeRestApi(this, "Api")`. What it
 * makes of CORS nobody here knows.
 */
export function isForeignApi(value: ExternValue): boolean {
  const [, name = ""] = /^(?:npm|py):.*\.([A-Z]\w*)$/.exec(classOf(value) ?? "") ?? [];
  return /(?<![A-Z])A(pi|PI)(?![a-z])/.test(name) && isConstruct(argument(value, 0, "scope"));
}

function isConstruct(value: AbstractValue | undefined): boolean {
  return /^cdk\./.test(externOf(value)?.path ?? "");
}

/** Its function: one that is given, or the options of one that it makes. */
export function functionProps(construct: ExternValue): {
  existing?: Property["value"];
  props?: Props;
} {
  const given = callProps(construct, 2);
  const existing = given.slots.get("existingLambdaObj");
  if (existing) return { existing: existing.value };
  const props = toProps(given.slots.get("lambdaFunctionProps")?.value);
  return props ? { props } : {};
}

/** The API that it makes: `construct.apiGateway`, where code asks for it. */
export function apiOfSolution(construct: ExternValue): ExternValue | undefined {
  return externOf(construct.members.get("apiGateway"));
}

/** The construct whose `apiGateway` a value is. */
export function solutionOf({ made }: ExternValue): ExternValue | undefined {
  return made.by === "member" && made.name === "apiGateway" && isSolution(made.of)
    ? made.of
    : undefined;
}

function isCognito(construct: ExternValue): boolean {
  return (classOf(construct) ?? "").endsWith(".CognitoToApiGatewayToLambda");
}

/** Pages may come through its distribution, also those of the same origin. */
export function isBehindCloudFront(construct: ExternValue): boolean {
  return (classOf(construct) ?? "").endsWith(".CloudFrontToApiGatewayToLambda");
}

/** What its `LambdaRestApi` is told, the function included: the construct stands for its function. */
export function solutionApiProps(construct: ExternValue): Props {
  const { at } = construct;
  const given = callProps(construct, 2);
  const slot = given.slots.get("apiGatewayProps");
  const own = slot && toProps(slot.value);
  const open = own ? own.open : slot ? "options that cannot be seen" : given.open;
  return {
    slots: new Map<string, Property>([
      ["defaultMethodOptions", usual(construct)],
      ...[...(own?.slots ?? [])].filter(
        ([name]) => !isCognito(construct) || name !== "defaultMethodOptions",
      ),
      ["handler", { value: construct, name: at, entry: at }],
    ]),
    at,
    ...(open === undefined ? {} : { open }),
  };
}

/**
 * Who may call the methods unless somebody says otherwise. Behind CloudFront the package takes the signature away again,
 * and Cognito's construct puts its own authorizer before every method but OPTIONS.
 */
function usual(construct: ExternValue): Property {
  const { at } = construct;
  const type = isCognito(construct)
    ? "COGNITO_USER_POOLS"
    : isBehindCloudFront(construct)
      ? "NONE"
      : "AWS_IAM";
  const option = { value: known(type, at), name: at, entry: at };
  const value: AbstractValue = { t: "object", props: new Map([["authorizationType", option]]), at };
  return { value, name: at, entry: at };
}
