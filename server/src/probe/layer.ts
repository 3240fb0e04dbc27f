/** Which layer probably wrote an answer, from the headers that each layer leaves. */
import { getHeader, type HeaderList } from "../../../shared/src/browser";

/** A guess in words, or null when nothing tells. The nearest layer to the browser comes first. */
export function layerOf(headers: HeaderList): string | null {
  const has = (name: string) => getHeader(headers, name) !== null;
  const value = (name: string) => (getHeader(headers, name) ?? "").toLowerCase();
  if (has("x-amz-cf-id") || value("via").includes("cloudfront")) {
    return value("x-cache").includes("error") || value("server") === "cloudfront"
      ? "CloudFront itself"
      : "something behind CloudFront";
  }
  if (has("cf-ray")) return "Cloudflare or what is behind it";
  if (has("x-amzn-errortype")) return `API Gateway itself (${value("x-amzn-errortype")})`;
  if (has("x-amz-apigw-id")) return "a REST API of API Gateway";
  if (has("apigw-requestid")) return "an HTTP API of API Gateway";
  if (has("x-amzn-requestid")) return "AWS Lambda or another AWS service";
  if (value("server").includes("awselb")) return "an Application Load Balancer";
  if (has("x-envoy-upstream-service-time") || value("server") === "envoy") return "Envoy";
  const server = getHeader(headers, "Server");
  return server === null || server === "" ? null : server;
}
