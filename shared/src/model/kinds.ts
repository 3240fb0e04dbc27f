/**
 * What differs between the kinds of APIs and the forms of policies: one entry for each, which the compiler asks for when a
 * kind or a form is new. Whoever needs to know asks a trait here, never for a kind by name.
 */
import type { SupportForm } from "./framework";
import type { ApiBinding, ApiKind, CorsPolicy, PolicyForm } from "./model";

/** What AWS does for a kind of API. Sources: AWS, http-api-cors, how-to-cors, urls-configuration. */
export interface ApiTraits {
  /** As AWS calls it, for sentences. */
  readonly label: string;
  /** The service in the host names that AWS gives out. */
  readonly host: "execute-api" | "lambda-url" | "elb";
  /** An address of this kind; real ones are known after the deployment only. */
  readonly placeholder: string;
  /** The form of the policy that the construct itself takes; `undefined` for what knows no CORS. */
  readonly policy: PolicyForm | undefined;
  /** What a policy holds for: the whole API, or the resource that it was written for. */
  readonly policyScope: "api" | "resource";
  /**
   * What its policy does to the headers of real responses: nothing (only OPTIONS is answered), it replaces what the
   * integration sends, or it adds to that.
   */
  readonly policyOnResponses: "nothing" | "replaces" | "adds";
  /** Whether it answers requests by itself with gateway responses, which are configured apart. */
  readonly gatewayResponses: boolean;
  /** Whether the stage is the first part of the path at the address that AWS gives out. */
  readonly stageInPath: boolean;
  /** Whether it has routes: without, every path and every method lead to the function. */
  readonly routed: boolean;
  /** Whether a route that matches OPTIONS takes preflights before the policy answers them. */
  readonly routesTakePreflights: boolean;
  /** Whether an OPTIONS route of `/{proxy+}` is also taken for paths of `$default` and greedy ones. */
  readonly greedyOptions: boolean;
  /** The event that a function gets unless told otherwise. */
  readonly payload: ApiBinding["payload"];
}

export const apiTraits: Readonly<Record<ApiKind, ApiTraits>> = {
  http: {
    label: "HTTP API",
    host: "execute-api",
    placeholder: "https://api-id.execute-api.region.amazonaws.com",
    policy: "httpApi",
    policyScope: "api",
    policyOnResponses: "replaces",
    gatewayResponses: false,
    stageInPath: false,
    routed: true,
    routesTakePreflights: true,
    greedyOptions: true,
    payload: "2.0",
  },
  rest: {
    label: "REST API",
    host: "execute-api",
    placeholder: "https://api-id.execute-api.region.amazonaws.com/prod",
    policy: "restDefault",
    policyScope: "resource",
    policyOnResponses: "nothing",
    gatewayResponses: true,
    stageInPath: true,
    routed: true,
    routesTakePreflights: false,
    greedyOptions: false,
    payload: "1.0",
  },
  functionUrl: {
    label: "Function URL",
    host: "lambda-url",
    placeholder: "https://url-id.lambda-url.region.on.aws",
    policy: "functionUrl",
    policyScope: "api",
    policyOnResponses: "adds",
    gatewayResponses: false,
    stageInPath: false,
    routed: false,
    routesTakePreflights: false,
    greedyOptions: false,
    payload: "2.0",
  },
  loadBalancer: {
    label: "Application Load Balancer",
    host: "elb",
    placeholder: "https://name-id.region.elb.amazonaws.com",
    policy: undefined,
    policyScope: "api",
    policyOnResponses: "nothing",
    gatewayResponses: false,
    stageInPath: false,
    routed: true,
    routesTakePreflights: true,
    greedyOptions: false,
    payload: "1.0",
  },
};

/** What a form of policy is, and what its service makes of it. */
export interface PolicyTraits {
  /** The service behind it. */
  readonly service: "http" | "rest" | "functionUrl" | "cloudfront" | "s3";
  /** Whether the service itself answers preflights from it; CloudFront only adds headers to an answer. */
  readonly answersPreflights: boolean;
  /** What is taken where nothing is said. */
  readonly defaultMethods: readonly string[];
  readonly defaultHeaders: readonly string[];
  /** CDK joins lists with commas, so that one text with several names is as good (synthesized). */
  readonly joinsLists: boolean;
  /** What `*` within an origin means; `undocumented`: AWS says nothing of it. */
  readonly originWildcard: "scheme" | "one" | "leftmost" | "literal" | "undocumented";
  /** Whether the option for credentials exists and may be left out. */
  readonly credentials: "optional" | "required" | "never";
  /** The largest number of seconds that is documented. */
  readonly longestAge: number | undefined;
  /** How browsers are told to keep no preflight answer; `undefined` where the service's own preflights cannot say it. */
  readonly noCache: "disableCache" | "maxAge" | undefined;
  /** Methods that the list may hold. */
  readonly methods: readonly string[];
  /** The text for every method, where there is one. */
  readonly everyMethod: "*" | "ALL" | undefined;
}

/**
 * `Cors.DEFAULT_HEADERS` of aws-cdk-lib/aws-apigateway, unchanged from version 1 to 2.276: REST policies have them unless
 * told otherwise.
 */
export const REST_HEADERS: readonly string[] = [
  "Content-Type",
  "X-Amz-Date",
  "Authorization",
  "X-Api-Key",
  "X-Amz-Security-Token",
  "X-Amz-User-Agent",
];

/** `Cors.ALL_METHODS` of aws-cdk-lib/aws-apigateway. */
export const REST_METHODS: readonly string[] = [
  "OPTIONS",
  "GET",
  "PUT",
  "POST",
  "DELETE",
  "PATCH",
  "HEAD",
];

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

const http: PolicyTraits = {
  service: "http",
  answersPreflights: true,
  defaultMethods: [],
  defaultHeaders: [],
  joinsLists: false,
  originWildcard: "scheme",
  credentials: "optional",
  // Service model, and `Cors.MaxAge`.
  longestAge: 86_400,
  noCache: "maxAge",
  methods: METHODS,
  everyMethod: "*",
};

const rest: PolicyTraits = {
  service: "rest",
  answersPreflights: true,
  defaultMethods: REST_METHODS,
  defaultHeaders: REST_HEADERS,
  joinsLists: true,
  originWildcard: "literal",
  credentials: "optional",
  longestAge: undefined,
  // CDK leaves out a maximum age of 0, and browsers keep the answer for 5 s.
  noCache: "disableCache",
  methods: METHODS,
  everyMethod: "*",
};

export const policyTraits: Readonly<Record<PolicyForm, PolicyTraits>> = {
  httpApi: http,
  cfnApi: http,
  restDefault: rest,
  restResource: rest,
  // SAM sends no Access-Control-Allow-Headers unless told to, and the methods of each path.
  samApi: { ...rest, defaultHeaders: [], noCache: undefined },
  functionUrl: {
    service: "functionUrl",
    answersPreflights: true,
    defaultMethods: ["*"],
    defaultHeaders: [],
    joinsLists: false,
    originWildcard: "undocumented",
    credentials: "optional",
    // `API_Cors` of Lambda.
    longestAge: 86_400,
    noCache: "maxAge",
    methods: METHODS.filter((method) => method !== "OPTIONS"),
    everyMethod: "*",
  },
  responseHeadersPolicy: {
    service: "cloudfront",
    answersPreflights: false,
    defaultMethods: [],
    defaultHeaders: [],
    joinsLists: false,
    originWildcard: "leftmost",
    credentials: "required",
    longestAge: undefined,
    noCache: undefined,
    methods: METHODS,
    everyMethod: "ALL",
  },
  bucket: {
    service: "s3",
    answersPreflights: true,
    defaultMethods: [],
    defaultHeaders: [],
    joinsLists: false,
    originWildcard: "one",
    credentials: "never",
    longestAge: undefined,
    noCache: undefined,
    methods: ["GET", "POST", "PUT", "DELETE", "HEAD"],
    everyMethod: undefined,
  },
};

/** What the policy's service makes of it. */
export function traitsOf(policy: CorsPolicy): PolicyTraits {
  return policyTraits[policy.form];
}

/** How a library's CORS support is told origins. */
export interface SupportTraits {
  /** What the option for an origin takes: one text only, or several as well. */
  readonly originOption: "text" | "list";
  /** Whether several origins can be allowed at all. */
  readonly severalOrigins: boolean;
}

export const supportTraits: Readonly<Record<SupportForm, SupportTraits>> = {
  // It sends one origin to everyone.
  chalice: { originOption: "text", severalOrigins: false },
  express: { originOption: "list", severalOrigins: true },
  fastapi: { originOption: "list", severalOrigins: true },
  fastify: { originOption: "list", severalOrigins: true },
  flask: { originOption: "list", severalOrigins: true },
  hono: { originOption: "list", severalOrigins: true },
  // `origins` beside `origin`
  middy: { originOption: "text", severalOrigins: true },
  // `extra_origins` beside `allow_origin`
  powertoolsPy: { originOption: "text", severalOrigins: true },
  powertoolsTs: { originOption: "list", severalOrigins: true },
  starlette: { originOption: "list", severalOrigins: true },
};
