/**
 * Rules about constructs that the linker does not read yet. Their tests wait; `pages.test.ts` fails as soon as the page
 * of one of them is reported, so that it is taken off the list.
 */
export const unread: ReadonlySet<string> = new Set(["request-refused-by-policy"]);

/** The tests of a rule; they wait while its constructs are not read. */
export function describeRule(id: string, tests: () => void): void {
  (unread.has(id) ? describe.skip : describe)(id, tests);
}
