/** CDK's own constants, as lists that code extends and joins. */
import type { Library } from "../../interpreter/core/domain";
import type { Evaluation } from "../../interpreter/core/state";
import { array, known } from "../../interpreter/core/values";
import { REST_HEADERS, REST_METHODS } from "../../model/kinds";
import type { CallArgs, ExternValue, AbstractValue } from "../../interpreter/core/values";

const lists: Readonly<Record<string, readonly string[]>> = {
  "cdk.aws_apigateway.Cors.ALL_ORIGINS": ["*"],
  "cdk.aws_apigateway.Cors.ALL_METHODS": REST_METHODS,
  "cdk.aws_apigateway.Cors.DEFAULT_HEADERS": REST_HEADERS,
};

export const cdkLibrary: Partial<Library> = {
  member: (_run, value) => {
    const list = Object.hasOwn(lists, value.path) ? lists[value.path] : undefined;
    return (
      list &&
      array(
        list.map((text) => known(text, value.at)),
        value.at,
      )
    );
  },
  call: (run, { made }, args) =>
    made.by === "member" && made.name === "getResource"
      ? childResource(run, made.of, args)
      : undefined,
};

/** `resource.getResource(part)`: the child that `addResource` made, or `undefined`, where the program's calls so far tell. */
function childResource(
  run: Evaluation,
  parent: ExternValue,
  args: CallArgs,
): AbstractValue | undefined {
  const [part] = args.positional;
  if (!/^cdk\.aws_apigateway\b/.test(parent.path) || part?.t !== "const") return undefined;
  for (const event of run.events) {
    if (event.k !== "call" || event.value.made.by !== "call") continue;
    const { callee, args: given } = event.value.made;
    if (callee.path === "cdk.aws_apigateway.Resource") return undefined;
    if (callee.made.by !== "member" || callee.made.of !== parent) continue;
    if (callee.made.name === "resourceForPath") return undefined;
    if (callee.made.name !== "addResource") continue;
    const [name] = given.positional;
    if (name?.t !== "const" || event.conditional) return undefined;
    if (name.value === part.value) return event.value;
  }
  return isOwnRoot(parent) ? known(undefined, args.at) : undefined;
}

/** A resource whose children all come from this program: one that it made, or the root of an API that it made. */
function isOwnRoot(resource: ExternValue): boolean {
  const { made } = resource;
  if (made.by === "member")
    return made.name === "root" && /\.(RestApi|LambdaRestApi)\(\)$/.test(made.of.path);
  return made.by === "call" && made.callee.path.endsWith(".addResource");
}
