import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesEmptyText } from "../../shared/src/interpreter/builtins/empty-match";
import { textsMatched } from "../../shared/src/interpreter/builtins/string-tests";

/** What the engine of the language says; patterns that are made here take no time. */
function run(pattern: string): boolean | undefined {
  try {
    return new RegExp(pattern).test("");
  } catch {
    return undefined;
  }
}

const atom = fc.constantFrom(
  "a",
  ".",
  "\\d",
  "\\.",
  "[a-z]",
  "[^x\\]]",
  "^",
  "$",
  "\\x41",
  "\\u0041",
  "\\/",
  " ",
);
const quantifier = fc.constantFrom(
  "",
  "",
  "",
  "*",
  "+",
  "?",
  "*?",
  "+?",
  "{0}",
  "{2}",
  "{0,3}",
  "{1,}",
);
const pattern = fc.letrec<{ alternatives: string; sequence: string; part: string }>((tie) => ({
  alternatives: fc
    .array(tie("sequence"), { minLength: 1, maxLength: 3 })
    .map((all) => all.join("|")),
  sequence: fc.array(tie("part"), { maxLength: 3 }).map((all) => all.join("")),
  part: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.tuple(atom, quantifier).map(([each, times]) => (/^[\^$]$/.test(each) ? each : each + times)),
    fc
      .tuple(fc.constantFrom("(", "(?:", "(?<name>"), tie("alternatives"), quantifier)
      .map(([open, inner, times]) => `${open}${inner})${times}`),
    fc
      .tuple(fc.constantFrom("(?=", "(?!", "(?<=", "(?<!"), tie("alternatives"))
      .map(([open, inner]) => `${open}${inner})`),
  ),
})).alternatives;

describe("patterns and the empty text", () => {
  it("are judged as the language would, without being run", () => {
    let judged = 0;
    fc.assert(
      fc.property(pattern, (each) => {
        const found = matchesEmptyText(each);
        if (found === undefined) return;
        judged++;
        const real = run(each);
        if (real !== undefined) assert.equal(found, real, each);
      }),
      { numRuns: 3000 },
    );
    assert.ok(judged > 2000, String(judged));
  });

  it("are judged in one walk, however they are made", () => {
    const nothing = "(?:|)".repeat(500);
    assert.equal(matchesEmptyText(nothing), true);
    assert.equal(matchesEmptyText(`${nothing}x`), false);
    assert.equal(matchesEmptyText(`${"(".repeat(1000)}${")*".repeat(1000)}`), true);
    assert.equal(matchesEmptyText("^(?:(?:a*)*)*b$"), false);
    assert.equal(matchesEmptyText("a".repeat(5000)), undefined);
  });

  it("are left alone where languages and flags differ, or where they are none", () => {
    for (const each of [
      "\\B",
      "\\A",
      "\\Z",
      "\\1",
      "(?i)a",
      "(?i:a)",
      "[]a]",
      "{,3}",
      "a{,3}",
      "\\p{L}",
      "\\k<a>",
      "*a",
      "a**",
      "(a",
      "a)",
      "(?P=a)",
      "[a",
      "\\",
    ]) {
      assert.equal(matchesEmptyText(each), undefined, each);
    }
    assert.equal(matchesEmptyText("a*", "v"), undefined);
    assert.equal(matchesEmptyText("(?P<host>a)*"), true);
  });

  it("name few hosts, and nothing is made of others", () => {
    assert.deepEqual(textsMatched("^https://(app|qa).example.com$"), [
      "https://app.example.com",
      "https://qa.example.com",
    ]);
    assert.equal(textsMatched(`^${"(".repeat(3000)}a${")".repeat(3000)}$`), undefined);
    assert.equal(textsMatched(Array(10_000).fill("a").join("|")), undefined);
  });
});
