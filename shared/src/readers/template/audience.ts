/** APIs that no page of another origin is meant to call. */
import { itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeNode } from "../../ir/tree";
import type { Api, Route } from "../../model/model";
import { constantOf } from "../../model/value";

type Parts = Pick<Api, "cors" | "routes" | "gatewayResponses">;

/** Why the API is not for browsers: a private endpoint, or nothing but requests that IAM signs and no word about CORS. */
export function notForBrowsers(
  props: TreeNode | undefined,
  { cors, routes, gatewayResponses }: Parts,
): Pick<Api, "notForBrowsers"> {
  if (isPrivate(valueAt(props, "EndpointConfiguration")))
    return { notForBrowsers: "a private endpoint is reached from within a VPC only" };
  const speaks =
    cors.kind !== "none" || gatewayResponses.length > 0 || routes.some((route) => isOptions(route));
  const isSigned =
    routes.length > 0 &&
    routes.every(
      ({ authorization }) => authorization.kind === "some" && authorization.type === "iam",
    );
  return isSigned && !speaks
    ? {
        notForBrowsers: "every method asks for a signature of IAM, and nothing is said about CORS",
      }
    : {};
}

const isOptions = ({ method }: Route): boolean => constantOf(method) === "OPTIONS";

/** `Types: [PRIVATE]`; SAM also takes `Type: PRIVATE` and the word alone. */
function isPrivate(configuration: TreeNode | undefined): boolean {
  const types = [
    configuration,
    valueAt(configuration, "Type"),
    ...itemsOf(valueAt(configuration, "Types")),
  ];
  return types.some((node) => scalarText(node) === "PRIVATE");
}
