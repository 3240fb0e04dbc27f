/** Reading values of which only a part may be known. */
import type { Strings, Value } from "./model";
import type { Span } from "../ir/span";

/** The branches of a value, conditionals within conditionals unfolded. */
export function branches<T>(value: Value<T>): readonly Value<T>[] {
  return value.kind === "oneOf" ? value.of.flatMap((branch) => branches(branch)) : [value];
}

/** A value that was seen. */
export interface KnownBranch<T> {
  readonly value: T;
  readonly at: Span;
  /** False when other branches give other values: at run time it is one of them. */
  readonly definite: boolean;
}

/** The branches that were seen. Empty when nothing is known or there is no value. */
export function knownBranches<T>(value: Value<T> | undefined): readonly KnownBranch<T>[] {
  if (value === undefined) return [];
  const all = branches(value);
  return all.flatMap((branch) =>
    branch.kind === "known"
      ? [{ value: branch.value, at: branch.at, definite: all.length === 1 }]
      : [],
  );
}

/** The value when every branch is seen and all are the same; otherwise `undefined`. */
export function constantOf<T extends string | number | boolean>(
  value: Value<T> | undefined,
): T | undefined {
  if (value === undefined) return undefined;
  const all = branches(value);
  const [first] = all;
  if (first?.kind !== "known") return undefined;
  const same = all.every((branch) => branch.kind === "known" && branch.value === first.value);
  return same ? first.value : undefined;
}

/** One list that a value may be. */
export interface PossibleList {
  /** The elements that were seen; one of several branches is not `definite`. */
  readonly items: readonly KnownBranch<string>[];
  /** All elements were seen. */
  readonly complete: boolean;
  /** The only list that it may be. */
  readonly definite: boolean;
  /** Where the list is written; absent for a default. */
  readonly at?: Span;
}

/** The lists that a value may be, one for each branch that was seen. */
export function possibleLists(list: Strings | undefined): readonly PossibleList[] {
  const lists = knownBranches(list);
  const definite = list !== undefined && branches(list).length === 1;
  return lists.map(({ value, at }) => ({
    items: value.flatMap((item) => knownBranches(item)),
    complete: value.every((item) => branches(item).every((branch) => branch.kind === "known")),
    definite,
    at,
  }));
}

/** Whether an element is in the list for certain, compared without regard to case. */
export function definitelyIncludes(alternative: PossibleList, text: string): boolean {
  const wanted = text.toLowerCase();
  return alternative.items.some((item) => item.value.toLowerCase() === wanted);
}
