/** What each web framework's file says of it. `routers.ts` holds one for every `SupportForm` but middy; the compiler asks for a new one. */
import type { Evaluation } from "../../interpreter/core/state";
import type { ExternValue } from "../../interpreter/core/values";
import type { SupportPlace } from "../../model/framework";
import type { Framework } from "../../model/model";
import type { SlashRoutes } from "./slash-routes";

/** What an application does about CORS. */
export type Cors = Framework["cors"];

/** A library whose application object answers for the handler. */
export interface FrameworkDescriptor {
  readonly name: string;
  /** The path of its application's constructor. */
  readonly application: RegExp;
  /** What this application does about CORS. */
  readonly cors: (run: Evaluation, app: ExternValue) => Cors;
  /** Whether its answers to errors carry the headers, where CORS is configured. */
  readonly coversErrors: Framework["coversErrors"];
  /** What a route throws leaves the handler; other libraries answer 500 in its place. */
  readonly letsErrorsOut?: true;
  /** Whether its CORS support can be imported for certain; absent: it comes with the framework. */
  readonly isInstalled?: (run: Evaluation, app: ExternValue) => boolean;
  /** Where its CORS support can be written. */
  readonly place: (run: Evaluation, app: ExternValue) => SupportPlace | undefined;
  /** How it tells a path with a slash at its end from one without. */
  readonly slashRoutes?: SlashRoutes;
  /** Decorators of routes whose results become the body as they are. */
  readonly bodyRoutes?: RegExp;
}

/** CORS that cannot be judged. */
export const unseen = (because: string): Cors => ({ kind: "unknown", because });
