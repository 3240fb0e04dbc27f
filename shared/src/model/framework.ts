/** Libraries that answer requests for a handler. */
import type { HeaderField } from "./model";
import type { Span } from "../ir/span";

type Sent = readonly HeaderField[];

/** A library that answers requests, and what it will do about CORS. */
export interface Framework {
  readonly name: string;
  readonly form: SupportForm;
  readonly at: Span;
  /** `unknown` silences everything that depends on it. */
  readonly cors:
    /** `support`: where the code can turn the library's own on, if what that needs is installed for certain. */
    | { readonly kind: "none"; readonly support?: CorsSupport }
    /**
     * `sends`: CORS headers of its answers, one list for each set of options; empty where they cannot be seen. `inside`:
     * it was added to the application, and can be put around it.
     */
    | {
        readonly kind: "configured";
        readonly sends: readonly Sent[];
        readonly at: Span;
        readonly inside?: AddedInside;
        /** Credentials are asked for, and the library leaves them out where every origin is allowed. */
        readonly dropsCredentials?: Span;
      }
    | {
        readonly kind: "misplaced";
        readonly because: string;
        readonly at: Span;
        readonly faults: readonly Misplacement[];
      }
    | { readonly kind: "unknown"; readonly because: string };
  /** It redirects from the path of a route to the same with, or without, a slash at its end. */
  readonly slashes?: {
    /** `toSlash`: only where the route's path ends with one. */
    readonly redirects: "toSlash" | "both";
    readonly status: number;
    /** All of the application's own routes. */
    readonly paths: readonly FrameworkPath[];
  };
  readonly answersOptions: "yes" | "no" | "unknown";
  /** Errors of the library itself carry the headers. */
  readonly coversErrors: "yes" | "no" | "unknown";
  /** It answers nothing by itself: the handler inside does, and the library adds headers to that. */
  readonly wraps?: true;
  /** What a route throws leaves the handler; other libraries answer 500 in its place. */
  readonly letsErrorsOut?: true;
}

/** The path of a route as the framework knows it. */
export interface FrameworkPath {
  readonly text: string;
  readonly at: Span;
}

/** Whose CORS support it is: decides the names of imports and options. */
export type SupportForm =
  | "chalice"
  | "express"
  | "fastapi"
  | "fastify"
  | "flask"
  | "hono"
  | "middy"
  /** CORSConfig of Powertools for Python */
  | "powertoolsPy"
  /** `cors` of Powertools for TypeScript */
  | "powertoolsTs"
  | "starlette";

/** How CORS support is written into the code. */
export interface CorsSupport {
  readonly form: SupportForm;
  readonly place: SupportPlace;
}

export type SupportPlace =
  /** As a statement of its own after the one that makes the application, which later code calls `app`. */
  | { readonly kind: "after"; readonly statement: Span; readonly app: string }
  /** As the next link of the chain of calls that begins with this one, which makes the application. */
  | { readonly kind: "link"; readonly call: Span }
  /** As an option of the call that makes the application. */
  | { readonly kind: "option"; readonly call: Span }
  /** Around the application where it is the first argument of this call, of an adapter. */
  | { readonly kind: "around"; readonly call: Span };

/** What is wrong with the place of middleware, as far as it can be put right. */
export type Misplacement =
  /** The last of these calls, which all are given to `use`, has to come first. */
  | { readonly kind: "afterErrorHandler"; readonly calls: readonly Span[] }
  /** The call is given no origin. */
  | { readonly kind: "withoutOrigin"; readonly form: SupportForm; readonly call: Span }
  /** The statement has to come before the one that the other place is in. */
  | { readonly kind: "tooLate"; readonly statement: Span; readonly before: Span }
  /** The link of a chain of calls, `.use(cors())`, has to follow this call, with which the chain begins. */
  | { readonly kind: "lateLink"; readonly link: Span; readonly after: Span };

/** Middleware that was added to an application: `app.add_middleware(CORSMiddleware, …)`. */
export interface AddedInside {
  /** The call that adds it. */
  readonly added: Span;
  /** The adapter's call, whose first argument is the application. */
  readonly adapter: Span;
}
