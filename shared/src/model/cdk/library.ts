/** CDK's own constants, as lists that code extends and joins. */
import type { Library } from "../evaluate/run";
import { array, known } from "../evaluate/values";

const allMethods = ["OPTIONS", "GET", "PUT", "POST", "DELETE", "PATCH", "HEAD"];

/** `Cors.DEFAULT_HEADERS` of `aws-cdk-lib/aws-apigateway`, unchanged from version 1 to 2.276. */
export const defaultHeaders = [
  "Content-Type",
  "X-Amz-Date",
  "Authorization",
  "X-Api-Key",
  "X-Amz-Security-Token",
  "X-Amz-User-Agent",
];

const lists: Readonly<Record<string, readonly string[]>> = {
  "cdk.aws_apigateway.Cors.ALL_ORIGINS": ["*"],
  "cdk.aws_apigateway.Cors.ALL_METHODS": allMethods,
  "cdk.aws_apigateway.Cors.DEFAULT_HEADERS": defaultHeaders,
};

export const cdkLibrary: Partial<Library> = {
  member: (_run, value) => {
    const list = Object.hasOwn(lists, value.path) ? lists[value.path] : undefined;
    return list && array(list.map((text) => known(text, value.at)), value.at);
  },
};
