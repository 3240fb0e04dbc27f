/** What is known and has happened on one path through a handler, beside what variables hold. Never changed, only replaced. */
import type { Span } from "../../ir/span";
import type { GuardTest, Scope, AbstractValue } from "./values";
import type { Thrown } from "./signals";

/** What is known of a part of the request on this path. */
export interface PathConstraint {
  readonly equals?: AbstractValue;
  readonly differs: readonly AbstractValue[];
  readonly truthy?: boolean;
  /** Paths that were merged knew different things of it. */
  readonly mixed?: true;
  /** A check of it failed: it is not one of the values, or not there. */
  readonly refused?: boolean;
  readonly guard?: GuardTest;
  /** Checks against lists and patterns, with their outcome. */
  readonly checks: readonly { readonly guard: GuardTest; readonly holds: boolean }[];
}

/** A `return` that gave this value. */
export interface ReturnSite {
  readonly value: AbstractValue;
  readonly at: Span;
  readonly promise: boolean;
  readonly scope: Scope;
}

/** An active `try`. */
export interface TryFrame {
  /** The heap's stamp when an exception of unseen code was last considered. */
  readonly considered: number | undefined;
  /** The same of an exception that a part of the request raises where it is absent. */
  readonly absent?: number | undefined;
  /** Depth of the function that it stands in. */
  readonly depth: number;
  readonly outer: TryFrame | undefined;
}

/** An answer that was begun by other means than `return`. */
export interface SentAnswer {
  readonly value: AbstractValue;
  readonly by: "callback" | "stream";
  /** The calls that led to it, outermost first. */
  readonly sites: readonly Span[];
}

export interface PathState {
  /** Truth chosen for a value, so that asking again gives the same. */
  readonly truths: ReadonlyMap<unknown, boolean>;
  /** By the path of the request's part. */
  readonly constraints: ReadonlyMap<string, PathConstraint>;
  readonly tries: TryFrame | undefined;
  /** It went through a `catch`. */
  readonly caught: boolean;
  /** Innermost first. */
  readonly returns: readonly ReturnSite[];
  readonly sent: readonly SentAnswer[];
  /** What a callback was told that failed. */
  readonly failed?: Thrown;
}

export const startOfPath: PathState = {
  truths: new Map(),
  constraints: new Map(),
  tries: undefined,
  caught: false,
  returns: [],
  sent: [],
};

const nothing: PathConstraint = { differs: [], checks: [] };

export function constraintsOn(path: PathState, key: string): PathConstraint {
  return path.constraints.get(key) ?? nothing;
}

export function withConstraint(
  path: PathState,
  key: string,
  constraints: PathConstraint,
): PathState {
  return { ...path, constraints: new Map(path.constraints).set(key, constraints) };
}
