/** Header mappings of integrations, methods and gateway responses. */
import { entriesOf, entryOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeEntry, TreeNode } from "../../ir/tree";
import { constantOf } from "../../model/value";
import type { GatewayResponse, MappedHeader, MappedResponse, Value } from "../../model/model";
import { choicesOf, textOf } from "./intrinsics";
import { intrinsicOf } from "./mentions";
import type { Template } from "./template";

interface Headers {
  readonly headers: readonly MappedHeader[];
  readonly complete: boolean;
}

/** Parameters whose names begin with `prefix`: header names in lower case, and mapping expressions. */
export function headerMap(template: Template, node: TreeNode | undefined, prefix: string): Headers {
  if (node === undefined) return { headers: [], complete: true };
  if (node.k !== "map" || intrinsicOf(node)) return { headers: [], complete: false };
  const entries = node.entries.filter(({ key }) => key.toLowerCase().startsWith(prefix));
  const headers = entries.flatMap((entry) =>
    headerOf(template, entry, entry.key.slice(prefix.length)),
  );
  return { headers, complete: headers.length === entries.length };
}

/** One header; none where conditions may leave it out. */
function headerOf(
  template: Template,
  { keyAt, value }: TreeEntry,
  name: string,
): readonly MappedHeader[] {
  if (choicesOf(template, value).some(({ node }) => node === undefined)) return [];
  return [
    { name: name.toLowerCase(), value: textOf(template, value), at: keyAt, written: value.at },
  ];
}

/** `x-amazon-apigateway-integration.responses`: by pattern, each with its status. */
export function integrationResponses(
  template: Template,
  integration: TreeNode,
): { readonly responses: readonly MappedResponse[]; readonly complete: boolean } {
  const all = entryOf(integration, "responses");
  if (!all) return { responses: [], complete: true };
  const responses = entriesOf(all.value).flatMap(
    ({ key, keyAt, value }): readonly MappedResponse[] => {
      const status =
        scalarText(valueAt(value, "statusCode")) ?? (/^\d{3}$/.test(key) ? key : undefined);
      if (status === undefined) return [];
      const map = headerMap(template, valueAt(value, "responseParameters"), responsePrefix);
      return [{ statusCode: status, of: "integration", ...map, at: keyAt }];
    },
  );
  return {
    responses,
    complete: responses.length === entriesOf(all.value).length && all.value.k === "map",
  };
}

export const responsePrefix = "method.response.header.";

/** `responses` of an operation: the headers that it declares. */
export function methodResponses(operation: TreeNode): readonly MappedResponse[] {
  return entriesOf(valueAt(operation, "responses")).map(({ key, keyAt, value }) => {
    const headers = entriesOf(valueAt(value, "headers")).map((header): MappedHeader => {
      const declared: Value<string> = { kind: "known", value: "true", at: header.keyAt };
      return { name: header.key.toLowerCase(), value: declared, at: header.keyAt };
    });
    const complete = entryOf(value, "$ref") === undefined && !intrinsicOf(value);
    return { statusCode: key, of: "method", headers, complete, at: keyAt };
  });
}

const gatewayPrefix = "gatewayresponse.header.";

/** A gateway response, whose parameters are named with their prefix. */
export function gatewayResponse(
  template: Template,
  type: Value<string>,
  parameters: TreeNode | undefined,
  at: TreeEntry["keyAt"],
): GatewayResponse {
  return { type, ...headerMap(template, parameters, gatewayPrefix), at };
}

/** `x-amazon-apigateway-gateway-responses` of a document. */
export function documentResponses(
  template: Template,
  document: TreeNode,
): { readonly responses: readonly GatewayResponse[]; readonly complete: boolean } {
  const node = valueAt(document, "x-amazon-apigateway-gateway-responses");
  if (node === undefined) return { responses: [], complete: true };
  const responses = entriesOf(node).map(({ key, keyAt, value }) =>
    gatewayResponse(
      template,
      { kind: "known", value: key, at: keyAt },
      valueAt(value, "responseParameters"),
      keyAt,
    ),
  );
  return { responses, complete: node.k === "map" && !intrinsicOf(node) };
}

/** `GatewayResponses` of SAM: header names stand below `ResponseParameters.Headers`. */
export function samGatewayResponses(
  template: Template,
  props: TreeNode | undefined,
): { responses: readonly GatewayResponse[]; complete: boolean } {
  const entry = entryOf(props, "GatewayResponses");
  if (!entry) return { responses: [], complete: true };
  const choices = choicesOf(template, entry.value);
  const responses = choices.flatMap(({ node }) =>
    entriesOf(node).map(({ key, keyAt, value }): GatewayResponse => ({
      type: { kind: "known", value: key, at: keyAt },
      ...headerMap(template, valueAt(value, "ResponseParameters", "Headers"), ""),
      at: keyAt,
    })),
  );
  const isOpen =
    choices.length > 1 || responses.some(({ type }) => (constantOf(type) ?? "").startsWith("Fn::"));
  return { responses, complete: !isOpen };
}
