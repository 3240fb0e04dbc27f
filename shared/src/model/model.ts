/**
 * What the browser will meet: the APIs that an application deploys, the handlers behind them, and the pages that call
 * them. Plain data, the same whether it was written in TypeScript or in Python. Every leaf remembers where it was
 * written; what cannot be known says why.
 */
import type { Language } from "../ir/facts";
import type { Bucket, SignedUpload } from "./bucket";
import type { Framework } from "./framework";
import type { Guard } from "./guard";
import type { MappedHeader } from "./mapped-header";
import type { ResponsePath } from "./response";
import type { Synthesized } from "./synthesized";
import type { BrowserRequest, HeaderRead } from "./request";
import type { Site } from "./site";
import type { Gap } from "../ir/gap";
import type { Span } from "../ir/span";

export type { Bucket, SignedUpload } from "./bucket";
export type { CorsInBody, HeaderField, ResponsePath } from "./response";
export type { BrowserRequest, Guard, HeaderRead, MappedHeader };

/** A value as far as the code tells it. */
export type Value<T> =
  | { readonly kind: "known"; readonly value: T; readonly at: Span }
  /** The branches of a conditional: at run time it is one of them. */
  | { readonly kind: "oneOf"; readonly of: readonly Value<T>[]; readonly at: Span }
  /** Comes from the request, as an echoed header does. */
  | {
      readonly kind: "fromRequest";
      /** Lower-case name of the request header, or `*` for another part of the request. */
      readonly header: string;
      /** What the code checked before it let the value through. */
      readonly guard: Guard;
      readonly at: Span;
    }
  | {
      readonly kind: "unknown";
      readonly because: string;
      /** As an element of a list: zero or more elements. */
      readonly many?: true;
      /** Several values where one is wanted: a list, or a text with a comma between its parts. */
      readonly several?: true;
      /** The name of a host, without a scheme: a distribution's domain name. */
      readonly host?: true;
      readonly at: Span;
    };

/** A list, partly known where an element is `unknown`. */
export type Strings = Value<readonly Value<string>[]>;

/** A named option. */
export interface Field<T> {
  /** The option's name, as `allowOrigins` or `allow_origins`: the word to underline. */
  readonly name: Span;
  /** Name and value together. */
  readonly entry: Span;
  readonly value: T;
}

/** The place that says something about CORS; decides names, defaults and who enforces what. */
export type PolicyForm =
  /** `HttpApi({ corsPreflight })` */
  | "httpApi"
  /** `RestApi({ defaultCorsPreflightOptions })`, and the same on a resource: this resource and what is added below it. */
  | "restDefault"
  /** `resource.addCorsPreflight(…)`: this resource only. */
  | "restResource"
  /** `Cors` of SAM's `AWS::Serverless::Api`: an OPTIONS method for each path. */
  | "samApi"
  /** `fn.addFunctionUrl({ cors })` */
  | "functionUrl"
  /** `CfnApi({ corsConfiguration })`, also set by an override. */
  | "cfnApi"
  /** `ResponseHeadersPolicy({ corsBehavior })` of CloudFront */
  | "responseHeadersPolicy"
  /** One rule of `Bucket({ cors })` */
  | "bucket";

/** CORS options under one set of names; each form's own spelling is the writer's and the reader's business. */
export interface CorsPolicy {
  readonly form: PolicyForm;
  readonly language: Language;
  /** The word to underline when the policy as a whole is meant. */
  readonly at: Span;
  /** The literal that holds the options, `{ … }`, `CorsPreflightOptions(…)` or `{…}` of Python; absent when it is elsewhere or built up. */
  readonly block?: Span;
  readonly allowOrigins?: Field<Strings>;
  readonly allowMethods?: Field<Strings>;
  readonly allowHeaders?: Field<Strings>;
  readonly exposeHeaders?: Field<Strings>;
  readonly allowCredentials?: Field<Value<boolean>>;
  /** Seconds. */
  readonly maxAge?: Field<Value<number>>;
  /** REST only: `Access-Control-Max-Age: -1`. */
  readonly disableCache?: Field<Value<boolean>>;
  /** REST only: status of the generated OPTIONS. */
  readonly statusCode?: Field<Value<number>>;
  /** CloudFront only: the policy's headers win over the origin's. */
  readonly originOverride?: Field<Value<boolean>>;
  /** Options that the construct does not have and CDK drops, as `allowOrigins` on a Function URL. */
  readonly ignored: readonly {
    readonly name: string;
    readonly shouldBe?: string;
    readonly at: Span;
  }[];
  /** False when something unseen (a spread, an override) may add or change options; `because` says what. */
  readonly complete: boolean;
  readonly because?: string;
  /** Exists only under a condition that cannot be decided. */
  readonly conditional?: true;
}

/** `loadBalancer`: a group of targets of an Application Load Balancer that holds a function. */
export type ApiKind = "http" | "rest" | "functionUrl" | "loadBalancer";

export interface Api {
  /** Unique within a model, stable under edits elsewhere: the construct's place among the app's. */
  readonly id: string;
  readonly kind: ApiKind;
  /** The class that was instantiated, as `LambdaRestApi`. */
  readonly construct: string;
  /** The construct id, or the variable's name. */
  readonly name: string;
  /** Further names by which pages may know its address: of stack outputs, of the function behind a URL. */
  readonly aliases?: readonly string[];
  readonly language: Language;
  /** The class name in `new HttpApi(…)` / `HttpApi(…)`, or `addFunctionUrl`: the word to underline. */
  readonly at: Span;
  /** The whole `new HttpApi(…)` expression. */
  readonly call: Span;
  /** The statement that holds it: where `api.addGatewayResponse(…)` may follow. */
  readonly statement?: Span;
  /** How the code after the statement refers to the API (`api`, `this.api`, `self.api`). */
  readonly variable?: string;
  /** The object literal with the construct's options; absent in Python (keyword arguments) and when there is none. */
  readonly props?: Span;
  /** A construct of a package makes it, whose options are not those of the API: no option can be added to its call. */
  readonly packaged?: true;
  /** What is said about CORS for the API as a whole. `undefined` as `because`: nothing, and all of it was seen. */
  readonly cors: ApiCors;
  readonly routes: readonly Route[];
  /** False when routes may exist that were not seen. */
  readonly routesComplete: boolean;
  readonly defaultAuthorizer?: Field<Authorization>;
  /** Load balancers: events and answers have lists of values, in `multiValueHeaders`. */
  readonly multiValueHeaders?: Value<boolean>;
  readonly gatewayResponses: readonly GatewayResponse[];
  /** False when gateway responses may exist that were not seen (imported API, OpenAPI body, unknown helper). */
  readonly gatewayResponsesComplete: boolean;
  readonly behaviors: readonly CloudFrontBehavior[];
  /** Its only addresses are those that AWS gives out: nothing makes a domain for it, and all that could was seen. */
  readonly onlyAwsAddresses?: true;
  readonly binaryMediaTypes?: Field<Strings>;
  /** A reason to believe that no browser of another origin is meant to call it; rules about absence stay silent. */
  readonly notForBrowsers?: string;
  /** Options on constructs that CDK drops silently (`cors-option-ignored`). */
  readonly ignoredOptions: readonly IgnoredOption[];
  /** AWS_IAM, NONE … of a Function URL, or the API's own default. */
  readonly authType?: Value<string>;
  readonly stepFunctions?: true;
}

export interface IgnoredOption {
  /** As written: `defaultCorsPreflightOptions`. */
  readonly option: string;
  /** What it was given to: `addProxy`, `SpecRestApi`, `addCorsPreflight`. */
  readonly on: string;
  readonly at: Span;
  /** Why it has no effect and what does, one sentence. */
  readonly because: string;
}

export type ApiCors =
  /** All of the code was seen and nothing configures CORS. */
  | { readonly kind: "none" }
  /** One policy in effect for the API as a whole; several when conditionals choose. */
  | { readonly kind: "policy"; readonly of: readonly CorsPolicy[] }
  | { readonly kind: "unknown"; readonly because: string };

export interface Route {
  /** `GET`, …, or `ANY`. */
  readonly method: Value<string>;
  /** `/orders/{id}`, or `$default`. */
  readonly path: Value<string>;
  /** The call that made it (`addRoutes`, `addMethod`): the word to underline. */
  readonly at: Span;
  /** The method list or method argument, when written. */
  readonly methods?: Span;
  /** The whole call expression. */
  readonly call?: Span;
  readonly statement?: Span;
  readonly authorization: Authorization;
  readonly apiKeyRequired?: Value<boolean>;
  readonly integration: Integration;
  /** Ids of the handlers that answer, empty when the link could not be made (`unlinked` says why). */
  readonly handlers: readonly string[];
  readonly unlinked?: string;
  /** REST: how code after `statement` refers to the resource, as `orders` or `api.root`; absent when it has no name. */
  readonly resource?: string;
  /** Made by CDK from a policy (the OPTIONS methods of a REST API). */
  readonly generated?: true;
  /** REST: the policy whose OPTIONS method this resource has. */
  readonly preflight?: CorsPolicy;
  readonly conditional?: true;
}

/** Who may call a route. */
export type Authorization =
  | { readonly kind: "none"; readonly at?: Span }
  | {
      readonly kind: "some";
      /** `jwt`, `cognito`, `lambda`, `iam`, … */
      readonly type: string;
      /** Lower-case request headers that carry the identity: `authorization`, and SigV4's. */
      readonly headers: readonly string[];
      readonly inherited?: true;
      readonly at: Span;
    }
  | { readonly kind: "unknown"; readonly because: string; readonly at?: Span };

export interface Integration {
  /** `lambdaCustom`: a Lambda function behind a non-proxy REST integration. */
  readonly kind: "lambda" | "lambdaCustom" | "mock" | "http" | "aws" | "stepFunctions" | "unknown";
  /** Event and response format between API Gateway and Lambda. */
  readonly payload?: "1.0" | "2.0";
  readonly at?: Span;
  /** The expression that gives it, as written after `integration:` or `defaultIntegration:`; another route may use it too. */
  readonly expression?: Span;
  /** Non-proxy REST: header mappings by status code; absent key = no such status. */
  readonly responses?: readonly MappedResponse[];
  /** `integrationResponses` given to a proxy integration, where they do nothing. */
  readonly ignoredResponses?: Span;
  readonly responsesComplete?: boolean;
}

/** One integration or method response of a REST API. */
export interface MappedResponse {
  readonly statusCode: string;
  readonly of: "integration" | "method";
  /** Lower-case response header -> mapping expression, as `'*'` with its inner quotes. */
  readonly headers: readonly MappedHeader[];
  readonly complete: boolean;
  readonly at: Span;
}

export interface GatewayResponse {
  /** `DEFAULT_4XX`, `UNAUTHORIZED`, … */
  readonly type: Value<string>;
  /** Response header -> mapping expression, quotes included. */
  readonly headers: readonly MappedHeader[];
  readonly complete: boolean;
  readonly at: Span;
}

/** A CloudFront behaviour that leads to the API. */
export interface CloudFrontBehavior {
  readonly at: Span;
  readonly pathPattern?: Value<string>;
  /** Methods that CloudFront lets through. */
  readonly allowedMethods: Strings;
  readonly allowedMethodsAt?: Span;
  /** `Origin` reaches the API. */
  readonly forwardsOrigin: Value<boolean>;
  /** `Origin` is part of the cache key, or nothing is cached. */
  readonly originInCacheKey: Value<boolean>;
  readonly responseHeadersPolicy?: CorsPolicy;
  /** The same distribution serves pages (an S3 or other origin as default behaviour), so page and API share an origin. */
  readonly servesPages: boolean;
  /** The literal with the behaviour's options. */
  readonly block?: Span;
}

export type { Framework } from "./framework";

export interface Handler {
  /** `file#export`, or the place of inline code. */
  readonly id: string;
  readonly file: string;
  readonly language: Language;
  /** The exported name. */
  readonly name: string;
  /** The name of its first parameter, when it has one: the event. */
  readonly event?: string;
  /** The function's name, or its keyword: the word to underline. */
  readonly at: Span;
  /** APIs that lead here; empty when none is known. */
  readonly bindings: readonly ApiBinding[];
  /** True when every function construct that uses this code is known and none of them is an HTTP front. */
  readonly notHttp?: string;
  readonly responses: readonly ResponsePath[];
  /** False when it may answer in ways that were not seen. */
  readonly complete: boolean;
  readonly because?: string;
  /** There was more to do than may be done for one handler: only some of its paths were followed. */
  readonly followedInPart?: true;
  /** What it does with OPTIONS. */
  readonly answersOptions: "yes" | "no" | "unknown";
  /** Code outside any `try` may throw: API Gateway answers for it. The first such place. */
  readonly mayThrow?: Span;
  readonly function?: OwnFunction;
  /** The request headers that it reads, lower case. */
  readonly readsHeaders: readonly HeaderRead[];
  /** Before it asks for the method, it throws where the request has no body. */
  readonly needsBody?: Span;
  /** It looks at the request's body. */
  readonly readsBody?: true;
  /** The URLs for uploads that it signs. */
  readonly signs?: readonly SignedUpload[];
  /** A framework or middleware that answers for it, with what it does about CORS. */
  readonly framework?: Framework;
}

/** The handler's function, where nothing stands around it: a `try` around all that it does catches what leaves it. */
export interface OwnFunction {
  readonly at: Span;
  /** Expressions after its `return`s that may give promises; a `try` sees what these reject with only after `await`. */
  readonly promises: readonly Span[];
}

export interface ApiBinding {
  readonly api: string;
  readonly kind: ApiKind;
  readonly payload: "1.0" | "2.0";
  readonly methods: readonly Value<string>[];
  readonly authorization: Authorization;
}

export type { Gap };

export interface CorsModel {
  readonly apis: readonly Api[];
  /** Policies that belong to no API of the model: buckets, response headers policies. */
  readonly policies: readonly CorsPolicy[];
  readonly handlers: readonly Handler[];
  readonly buckets?: readonly Bucket[];
  readonly sites?: readonly Site[];
  /** What CDK wrote itself, where the application's own language is not read. */
  readonly synthesized?: readonly Synthesized[];
  readonly requests: readonly BrowserRequest[];
  readonly gaps: readonly Gap[];
}
