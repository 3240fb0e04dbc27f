/** Programs made at random of operations that make values grow, in both languages. */
import fc from "fast-check";
import {
  type HostileLanguage,
  type HostileWorkspace,
  languages,
  planted,
  plantedIn,
} from "./workspace";

/** What one step is made of: an operation on two variables, alone or within something that repeats or decides. */
export interface Step {
  readonly operation: number;
  readonly target: number;
  readonly a: number;
  readonly b: number;
  readonly within: number;
  readonly again: number;
}

type Pair = readonly [typescript: string, python: string];

/** `A` and `B` are variables. */
const operations: readonly Pair[] = [
  ["A + B", "A + B"],
  ["`${A}${B}-${A}`", 'f"{A}{B}-{A}"'],
  ["[...A, ...B]", "[*A, *B]"],
  ["[A, B]", "[A, B]"],
  ["A.concat(B, A)", "A.__add__(B)"],
  ["{ ...A, ...B, k: A }", '{**A, **B, "k": A}'],
  ["{ [String(A)]: B }", "{str(A): B}"],
  ["String(A).replaceAll('a', B)", "str(A).replace('a', B)"],
  ["String(A).split('')", "list(str(A))"],
  ["[A, B, A].join(B)", "B.join([A, B, A])"],
  ["String(A).toUpperCase() + B", "str(A).upper() + B"],
  ["JSON.stringify([A, B])", "json.dumps([A, B])"],
  ["JSON.parse(JSON.stringify(A))", "json.loads(json.dumps(A))"],
  ["String(A).repeat(1000000)", "str(A) * 1000000"],
  ["String(A).padEnd(1e8, B)", "str(A).ljust(10 ** 8)"],
  ["Array(1e7).fill(A)", "[A] * 10 ** 7"],
  ["Array.from({ length: 1e6 }, () => A)", "[A for _ in range(10 ** 6)]"],
  ["A.map((x) => [x, B])", "[[x, B] for x in A]"],
  ["A.flatMap((x) => [x, x, B])", "[y for x in A for y in (x, x, B)]"],
  ["A.reduce((all, x) => [...all, x, B], [])", "sum([[x, B] for x in A], [])"],
  ["A.filter((x) => x !== B).concat(A)", "[x for x in A if x != B] + A"],
  ["Object.entries(A).flat()", "list(A.items())"],
  ["Object.fromEntries([[A, B], [B, A]])", "dict([(A, B), (B, A)])"],
  ["Object.assign({}, A, B)", "dict(A, **B)"],
  ["new Map([[A, B]])", "{A: B}"],
  ["[...new Set([A, B, ...A])]", "list({A, B, *A})"],
  ["(process.env.X ? A : B)", "(A if os.environ.get('X') else B)"],
  ["(A || B)", "(A or B)"],
  ["encodeURIComponent(A + B)", "quote(A + B)"],
  ["(10 ** 300) * A", "10 ** 300 * A"],
  ["A.slice().sort().reverse()", "sorted(A)[::-1]"],
  ["f(A, B)", "f(A, B)"],
];

/** `STEP` is the step. No loop is without an end: what stands behind one is never reached, and nothing is told of it. */
const surroundings: readonly Pair[] = [
  ["STEP", "STEP"],
  ["STEP", "STEP"],
  ["for (let i = 0; i < 1e9; i++) { STEP }", "for i in range(10 ** 9): STEP"],
  ["while (process.env.Z) { STEP }", "while os.environ.get('Z'): STEP"],
  ["for (const x of [].concat(v0)) { STEP }", "for x in list(v0): STEP"],
  ["if (process.env.Y) { STEP }", "if os.environ.get('Y'): STEP"],
  ["try { STEP } catch { }", "STEP"],
  ["[1, 2, 3].forEach((x) => { STEP });", "for x in (1, 2, 3): STEP"],
];

const starts: readonly Pair[] = [
  ["'ab'", "'ab'"],
  ["['a', 'b']", "['a', 'b']"],
  ["{ a: 'b' }", "{'a': 'b'}"],
  ["12", "12"],
];

const step: fc.Arbitrary<Step> = fc.record({
  operation: fc.nat(operations.length - 1),
  target: fc.nat(starts.length - 1),
  a: fc.nat(starts.length - 1),
  b: fc.nat(starts.length - 1),
  within: fc.nat(surroundings.length - 1),
  again: fc.integer({ min: 1, max: 30 }),
});

export const growthProgram: fc.Arbitrary<readonly Step[]> = fc.array(step, {
  minLength: 1,
  maxLength: 12,
});

/** The program as statements. */
export function statementsOf(steps: readonly Step[], language: HostileLanguage): readonly string[] {
  const at = language === "typescript" ? 0 : 1;
  const end = at === 0 ? ";" : "";
  const helper =
    at === 0
      ? [
          "const f = (a: any, b: any): any => [a, f2(b, a)];",
          "const f2 = (a: any, b: any): any => ({ a, b, c: [a, b] });",
        ]
      : [
          "import os",
          "f2 = lambda a, b: {'a': a, 'b': b, 'c': [a, b]}",
          "f = lambda a, b: [a, f2(b, a)]",
        ];
  const declared = starts.map(
    (start, i) =>
      `${at === 0 ? "let " : ""}v${String(i)}${at === 0 ? ": any" : ""} = ${start[at]}${end}`,
  );
  const lines = steps.flatMap(({ operation, target, a, b, within, again }) => {
    const value = (operations[operation]?.[at] ?? "")
      .replace(/\bA\b/g, `v${String(a)}`)
      .replace(/\bB\b/g, `v${String(b)}`);
    const line = (surroundings[within]?.[at] ?? "").replace(
      "STEP",
      () => `v${String(target)} = ${value}${end}`,
    );
    return Array<string>(again).fill(line);
  });
  return [...helper, ...declared, ...lines];
}

/** One workspace with an application for each program and language, so that one run checks them all. */
export function workspaceOf(
  programs: readonly (readonly Step[])[],
  place: "constructor" | "handler",
): HostileWorkspace {
  const apps = programs.flatMap((steps, i) =>
    languages.map((language) => ({ language, steps, folder: `app${String(i)}-${language}` })),
  );
  return {
    name: "random growth",
    files: Object.fromEntries(
      apps.flatMap(({ language, steps, folder }) =>
        Object.entries(planted(language, place, statementsOf(steps, language))).map(
          ([name, text]) => [`${folder}/${name}`, text],
        ),
      ),
    ),
    planted: apps.flatMap(({ language, folder }) =>
      plantedIn(language).map(({ rule, file }) => ({
        rule,
        file: `${folder}/${file}`,
        orGap: true as const,
      })),
    ),
  };
}
