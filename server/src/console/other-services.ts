/** What a browser meets at services whose CORS is not the application's, and who makes the answers that are none of its code. */
import type { ConsoleError } from "../../../shared/src/browser";
import { parseUrl } from "../../../shared/src/browser";
import { ruleBucket } from "../../../shared/src/gateway";
import type { Span } from "../../../shared/src/ir/span";
import type { Bucket } from "../../../shared/src/model/bucket";
import { apiTraits } from "../../../shared/src/model/kinds";
import type { Api } from "../../../shared/src/model/model";
import { constantOf } from "../../../shared/src/model/value";
import type { KnownApp } from "./served";

export interface Note {
  readonly why: string;
  /** The line that decides, where the workspace has it. */
  readonly at?: Span;
  /** No API of the workspace can have the address. */
  readonly foreign: boolean;
}

type Ruled = Omit<Note, "foreign">;

interface Service {
  readonly hosts: RegExp;
  readonly paths?: RegExp;
  readonly why: string;
}

const regional = String.raw`\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$`;

/** The first that fits. Only what AWS documents, or users showed with the bytes. */
const services: readonly Service[] = [
  {
    // aws-samples/simple-websockets-chat-app#45, anomalyco/sst#782
    hosts: new RegExp(`\\.execute-api${regional}`),
    paths: /\/socket\.io\//,
    why: "socket.io begins with requests over HTTP, which a WebSocket API of API Gateway does not serve: no CORS setting helps. Use the browser's own WebSocket.",
  },
  {
    hosts: new RegExp(`\\.appsync-realtime-api${regional}`),
    why: "This address is for WebSockets, which know no CORS: the browser sends Origin with the handshake and asks for no header. Open it with WebSocket, not with fetch.",
  },
  {
    // aws/aws-appsync-community#103, #277; awslabs/aws-mobile-appsync-sdk-js#200
    hosts: new RegExp(`\\.appsync-api${regional}`),
    why: "AppSync sends its own CORS headers, for every origin, and has no setting for them. An answer without them is an error before the API, as of a web ACL or a wrong API id, or a time-out: look at its status.",
  },
  {
    // AWS, login and authorization endpoints: they are for the browser to go to; aws-amplify/amplify-js#6236
    hosts: /\.auth(-fips)?\.[a-z0-9-]+\.amazoncognito\.com$/,
    paths:
      /^\/(login|logout|signup|confirmUser|forgotPassword|error|oauth2\/authorize|saml2)(\/|$)/,
    why: "This is a page of Cognito's managed login, for people: it sends no CORS headers. Let the browser go there (location.assign), and do not fetch it. A redirect of a fetch leads there too: answer 401 in its place.",
  },
  {
    hosts: /\.auth(-fips)?\.[a-z0-9-]+\.amazoncognito\.com$/,
    why: "This address is Cognito's, whose CORS headers cannot be set. Its token endpoint is made for pages; look at the status and the body of the answer, as a wrong client or redirect URI fails here.",
  },
];

/** The bucket that a host of S3 names; empty where the path does, `undefined` for other hosts. */
function bucketIn(host: string): string | undefined {
  if (!/\.amazonaws\.com(\.cn)?$/.test(host)) return undefined;
  const labels = host.split(".");
  const service = labels.findIndex((label) => label === "s3" || label.startsWith("s3-"));
  return service < 0 ? undefined : labels.slice(0, service).join(".");
}

/** What is known of the address of a request that is none of the workspace's APIs. */
export function noteOnAddress(error: ConsoleError, apps: readonly KnownApp[]): Note | undefined {
  const url = error.url ?? error.first;
  const parsed = url === undefined ? undefined : parseUrl(url);
  if (url === undefined || !parsed) return undefined;
  if (/^wss?:/i.test(url))
    return {
      why: "WebSockets know no CORS: the browser sends Origin with the handshake and asks for no header. Whom to let in is for the $connect route's function to decide.",
      foreign: true,
    };
  const host = String(parsed.host);
  const path = /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? "/";
  const bucket = bucketIn(host);
  if (bucket !== undefined)
    return { ...noteOnBucket(error, bucket || (path.split("/")[1] ?? ""), apps), foreign: true };
  const found = services.find(
    ({ hosts, paths }) => hosts.test(host) && (paths === undefined || paths.test(path)),
  );
  return found && { why: found.why, foreign: !/\.execute-api\./.test(host) };
}

/** The bucket of that name; of buckets whose names are made at deployment the only one of the workspace. */
function noteOnBucket(error: ConsoleError, name: string, apps: readonly KnownApp[]): Ruled {
  const buckets = apps.flatMap(({ model }) => model.buckets ?? []);
  const named = buckets.filter(({ physicalName }) => physicalName === name);
  const open = buckets.filter(({ physicalName }) => physicalName === undefined);
  const [bucket, ...others] = named.length > 0 ? named : open;
  if (!bucket || others.length > 0)
    return {
      why: "S3 answers by the bucket's CORS rules: the first whose origin, method and headers fit. Without one a preflight gets 403, and an answer has no CORS headers; so does an expired or wrong signature that is refused before.",
    };
  return ruledBy(bucket, error);
}

function ruledBy(bucket: Bucket, { origin, method, header }: ConsoleError): Ruled {
  const ruling = ruleBucket(bucket, {
    ...(origin === undefined ? {} : { origin }),
    method: method ?? "PUT",
    headers: header === undefined ? [] : [header],
  });
  const about = `${bucket.name} is the bucket.`;
  if (ruling.kind === "unknown")
    return { why: `${about} What its rules allow cannot be known from the code.`, at: bucket.at };
  if (ruling.kind === "allows")
    return {
      why: `${about} Its rules in the code allow this. What is deployed differs, or S3 refused the request itself: an expired signature, or another header than was signed, gets 403.`,
      at: ruling.rule?.at ?? bucket.at,
    };
  const { lack } = ruling;
  if (lack.what === "rules")
    return { why: `${about} It has no CORS rules, so S3 answers no page.`, at: bucket.at };
  const missing = {
    origin: `${lack.what === "origin" ? lack.origin : ""} as origin`,
    method: `${method ?? "PUT"} as method`,
    headers: `${"names" in lack ? lack.names.join(", ") : ""} as header`,
  }[lack.what];
  return { why: `${about} None of its CORS rules allows ${missing}.`, at: lack.rule.at };
}

/** Who makes an answer with this status before any code of the application runs, and what decides its headers. */
export function noteOnStatus(status: number | undefined, api: Api): string | undefined {
  const made = status === undefined ? undefined : makers[status];
  if (made === undefined) return undefined;
  if (apiTraits[api.kind].gatewayResponses) {
    const family = String(status).startsWith("4") ? "DEFAULT_4XX" : "DEFAULT_5XX";
    const types = [...made.types, family];
    const has = api.gatewayResponses.some(
      ({ type, headers }) =>
        types.includes((constantOf(type) ?? "").replace(/_([45])_XX$/, "_$1XX")) &&
        headers.some(({ name }) => name.toLowerCase() === "access-control-allow-origin"),
    );
    const state = has
      ? "The code gives one of them the header."
      : api.gatewayResponsesComplete
        ? "The code gives none of them the header."
        : "Whether they have it cannot be seen in the code.";
    return `${String(status)} may be API Gateway's own answer: ${made.what}. Its gateway responses ${types.join(", ")} decide the CORS headers then. ${state}`;
  }
  return `${String(status)} may be an answer of the ${apiTraits[api.kind].label} itself: ${made.what}. Its headers cannot be set, and AWS does not say whether the policy's are among them.`;
}

/** Statuses that gateways give by themselves, with REST's gateway responses (AWS, supported-gateway-response-types). */
const makers: Readonly<
  Record<number, { readonly what: string; readonly types: readonly string[] }>
> = {
  401: { what: "no valid token", types: ["UNAUTHORIZED"] },
  403: {
    what: "a web ACL (WAF), an authorizer, a missing API key, or a path or method that no route has",
    types: ["WAF_FILTERED", "ACCESS_DENIED", "INVALID_API_KEY", "MISSING_AUTHENTICATION_TOKEN"],
  },
  413: { what: "the request is too large", types: ["REQUEST_TOO_LARGE"] },
  429: { what: "throttling or a used-up quota", types: ["THROTTLED", "QUOTA_EXCEEDED"] },
  500: {
    what: "the authorizer failed",
    types: ["AUTHORIZER_FAILURE", "AUTHORIZER_CONFIGURATION_ERROR"],
  },
  502: { what: "the function crashed or gave no valid answer", types: [] },
  504: {
    what: "the function took too long",
    types: ["INTEGRATION_TIMEOUT", "INTEGRATION_FAILURE"],
  },
};
