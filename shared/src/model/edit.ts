/**
 * What a fix changes, in the model's words. `server/frontends/<language>/write.ts` spells it in the file's own quotes,
 * indentation, import style and naming. A writer that cannot spell an edit whole writes nothing.
 */
import type { Span } from "../ir/span";
import type { TestSubject } from "../ir/text-test";
import type { CorsSupport, SupportForm } from "./framework";
import type { PolicyForm } from "./model";

export type PolicyField =
  | "allowOrigins"
  | "allowMethods"
  | "allowHeaders"
  | "exposeHeaders"
  | "allowCredentials"
  | "maxAge"
  | "disableCache";

/** Options to write. Methods are `GET` or `*`; `maxAge` is in seconds. */
export interface NewPolicy {
  readonly allowOrigins?: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly allowCredentials?: boolean;
  readonly maxAge?: number;
  readonly disableCache?: boolean;
}

/** What a library's CORS support is to allow, beside what it allows unless told otherwise. */
export type NewSupport = Required<Pick<NewPolicy, "allowOrigins">> &
  Pick<NewPolicy, "allowHeaders" | "allowCredentials">;

/** A response header to write: text, or an expression that the file already has. */
export interface NewHeader {
  readonly name: string;
  readonly value:
    | { readonly kind: "text"; readonly text: string }
    /** The source text of an expression that is in scope at the place. */
    | { readonly kind: "code"; readonly at: Span };
}

/** A response header that an entry gives: its value as it is written, where that means the same at the place, else text. */
export interface EntryHeader {
  readonly name: string;
  readonly entry: Span;
  readonly text?: string;
}

/** Where a new answer may take its CORS headers from, or all of it. */
export type AnswerSource =
  /** The call that makes an error's answer, with another status and message. */
  | { readonly kind: "call"; readonly at: Span; readonly status: number }
  /** An expression of headers: a name, or a call as `corsHeaders(event)`. */
  | { readonly kind: "expression"; readonly at: Span }
  | { readonly kind: "headers"; readonly headers: readonly (EntryHeader | NewHeader)[] }
  | ({ readonly kind: "helper" } & CorsHelper);

/** A function that returns the CORS headers for allowed origins. */
export interface CorsHelper {
  readonly origins: readonly string[];
  readonly credentials: boolean;
}

/** A value that is written: its expression, or the assignment or call of `set` that gives it to a key. */
export type ValuePlace = { readonly expression: Span } | { readonly entry: Span };

export type Edit =
  /** Inserts the whole block as an option of the construct at `call` (`corsPreflight: { … }`), imports included. */
  | {
      readonly kind: "addPolicy";
      readonly form: PolicyForm;
      readonly call: Span;
      readonly policy: NewPolicy;
    }
  /** Inserts `api.root.addCorsPreflight({ … })`-like statements: `on` is the expression of the resource, after `statement`. */
  | {
      readonly kind: "addCorsPreflight";
      readonly on: string;
      readonly statement: Span;
      readonly policy: NewPolicy;
    }
  /** Adds options to, or replaces options in, the policy literal at `block`. */
  | {
      readonly kind: "setPolicyFields";
      readonly form: PolicyForm;
      readonly block: Span;
      readonly fields: NewPolicy;
    }
  /** Removes an option, its comma and its line. */
  | { readonly kind: "removeEntry"; readonly entry: Span }
  /** Renames an option or key, keeping its quotes. */
  | { readonly kind: "rename"; readonly name: Span; readonly to: string }
  /** Adds elements to the list literal at `list`, in the way its elements are written. `methods` spells enum members. */
  | {
      readonly kind: "addToList";
      readonly list: Span;
      readonly form: PolicyForm;
      readonly field: PolicyField;
      readonly items: readonly string[];
    }
  /** Removes one element and its comma. */
  | { readonly kind: "removeFromList"; readonly item: Span }
  /** Replaces the text of a string literal, keeping its quotes. */
  | { readonly kind: "setString"; readonly at: Span; readonly text: string }
  /** Adds text at the end of a string, of a template, or of the last literal of texts that are added together. */
  | { readonly kind: "appendText"; readonly at: Span; readonly text: string }
  /** Replaces a duration or number of seconds by a well-written one. */
  | {
      readonly kind: "setDuration";
      readonly at: Span;
      readonly seconds: number;
      readonly form: PolicyForm;
    }
  /** Replaces an enum member or string: `HttpMethod.ANY` -> `CorsHttpMethod.ANY`. */
  | {
      readonly kind: "setMethod";
      readonly at: Span;
      readonly method: string;
      readonly form: PolicyForm;
    }
  /** Replaces the method list of a route by concrete methods. */
  | { readonly kind: "setRouteMethods"; readonly call: Span; readonly methods: readonly string[] }
  /** `api.addRoutes({ path: "/{proxy+}", methods: [OPTIONS], authorizer: new HttpNoneAuthorizer(), integration })`. */
  | {
      readonly kind: "addOptionsRoute";
      readonly api: string;
      readonly path: string;
      readonly statement: Span;
      /** An integration expression in scope. */
      readonly integration: Span;
    }
  /** OPTIONS without authorization: `authorizationType: NONE`, `apiKeyRequired: false` in the `addMethod` call. */
  | { readonly kind: "setMethodOpen"; readonly call: Span }
  /** Adds both default gateway responses after `statement`; `value` is the mapping expression with its inner quotes. */
  | {
      readonly kind: "addGatewayResponses";
      readonly api: string;
      readonly statement: Span;
      readonly types: readonly ("DEFAULT_4XX" | "DEFAULT_5XX")[];
      readonly headers: readonly { readonly name: string; readonly value: string }[];
    }
  /** Sets an option of the CloudFront behaviour at `block`. */
  | {
      readonly kind: "setBehavior";
      readonly block: Span;
      readonly option: "allowedMethods" | "originRequestPolicy" | "cachePolicy";
      /** Member of the option's class, as `ALLOW_ALL`, `CACHING_DISABLED`. */
      readonly member: string;
    }
  /** Adds response headers: into the headers literal, or as `headers` of the response literal. */
  | {
      readonly kind: "addHeaders";
      readonly headers: readonly NewHeader[];
      readonly headersBlock?: Span;
      readonly responseBlock?: Span;
    }
  /** Spreads an expression that the file has (`...corsHeaders`, `**CORS_HEADERS`) into the headers, or makes it the headers. */
  | {
      readonly kind: "spreadHeaders";
      readonly expression: Span;
      readonly headersBlock?: Span;
      readonly responseBlock?: Span;
    }
  /** Makes a test of the origin compare whole ones. */
  | {
      readonly kind: "compareOrigin";
      readonly test: Span;
      readonly subject: TestSubject;
      /** A list of these, or what it compares a part with now, with this text before it. */
      readonly with: { readonly origins: readonly string[] } | { readonly before: string };
      /** Where it is an alternative, by `||`, what stands beside it compares whole ones already: the test is left out. */
      readonly beside?: true;
    }
  /** Lets an origin through if it is one of these, and gives the first in place of others: by a function, once a file. */
  | {
      readonly kind: "checkOrigin";
      readonly value: ValuePlace;
      readonly origins: readonly string[];
    }
  /** Replaces an option's value, or an element of its list, by these origins. */
  | { readonly kind: "setOrigins"; readonly at: Span; readonly origins: readonly string[] }
  /** Replaces a status, or gives one to a response literal that has none under its right name. */
  | {
      readonly kind: "setStatus";
      readonly status: number;
      readonly at?: Span;
      readonly responseBlock?: Span;
    }
  /** Replaces the text at `at` with the text that stands at `with`. */
  | { readonly kind: "copy"; readonly at: Span; readonly with: Span }
  /** Removes a whole statement and its line. */
  | { readonly kind: "removeStatement"; readonly statement: Span }
  /** Moves a statement, and constants that only it needs, before the statement of the same list that holds `before`. */
  | { readonly kind: "moveStatement"; readonly statement: Span; readonly before: Span }
  /** Moves a link of a chain of calls behind the call with which the chain begins. */
  | { readonly kind: "moveLink"; readonly link: Span; readonly after: Span }
  /** Of arguments or elements: puts the last one first, and each other one place on, with their comments. */
  | { readonly kind: "lastFirst"; readonly items: readonly Span[] }
  /** Writes a library's CORS support, imports included. */
  | {
      readonly kind: "addCorsSupport";
      readonly support: CorsSupport;
      readonly policy: NewSupport;
    }
  /** Gives origins to the call that makes middleware. */
  | {
      readonly kind: "setSupportOrigins";
      readonly form: SupportForm;
      readonly call: Span;
      readonly origins: readonly string[];
    }
  /** Takes middleware out of an application, and puts it around the application where the adapter is given it. */
  | { readonly kind: "wrapApplication"; readonly added: Span; readonly adapter: Span }
  /** Inserts a helper that returns the CORS headers for allowed origins, once a file, and uses it at the places. */
  | (CorsHelper & {
      readonly kind: "insertCorsHelper";
      readonly file: string;
      readonly places: readonly {
        readonly headersBlock?: Span;
        readonly responseBlock?: Span;
        /** What the code there calls the event. */
        readonly event: string;
      }[];
    })
  /** Puts a handler's whole body into a `try` that logs what is thrown and answers 500 with CORS headers. */
  | {
      readonly kind: "answerErrors";
      readonly function: Span;
      /** Returned expressions that may be promises: `await` is written before them. */
      readonly promises: readonly Span[];
      /** The function's first parameter. */
      readonly event?: string;
      /** The best first; the writer takes the first that means the same outside the body. */
      readonly sources: readonly AnswerSource[];
    };

/** A replacement in a file. */
export interface TextEdit {
  readonly at: Span;
  readonly text: string;
}
