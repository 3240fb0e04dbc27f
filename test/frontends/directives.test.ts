import assert from "node:assert/strict";
import { parseDirective } from "../../server/src/frontends/directives";

const spoken = (comment: string) => {
  const directive = parseDirective(comment, 0);
  if (directive === undefined) return undefined;
  return [directive.scope, directive.rules.join("+"), directive.reason ?? ""].join(" | ");
};

describe("frontends: suppression comments", () => {
  const directives: [comment: string, meaning: string][] = [
    [
      "// cors-lens-disable-next-line any-origin: public data",
      "next-line | any-origin | public data",
    ],
    ["# cors-lens-disable-line any-origin", "line | any-origin | "],
    ["/* cors-lens-disable-file */", "file |  | "],
    ["/**\n * cors-lens-disable-file a, b,c: why\n * not this\n */", "file | a+b+c | why"],
    ["//cors-lens-disable-line a b", "line | a+b | "],
    ["#! cors-lens-disable-file: see https://example.com", "file |  | see https://example.com"],
    ["// cors-lens-disable-line a -- ESLint's habit: too", "line | a | ESLint's habit: too"],
    ["/* cors-lens-disable-line a: why*/", "line | a | why"],
  ];
  for (const [comment, meaning] of directives) {
    it(JSON.stringify(comment), () => assert.equal(spoken(comment), meaning));
  }

  const others = [
    "// please use cors-lens-disable-line",
    "// cors-lens-disable-lines any-origin",
    "// cors-lens-disable-line-any-origin",
    "// cors-lens-disable",
    "//",
    "",
  ];
  for (const comment of others) {
    it(`${JSON.stringify(comment)} is none`, () => assert.equal(spoken(comment), undefined));
  }

  it("remembers the place of its words", () => {
    const comment = "/* cors-lens-disable-line a: b */";
    const directive = parseDirective(comment, 100);
    assert.deepEqual(directive?.at, [103, 130]);
    assert.equal(comment.slice(3, 30), "cors-lens-disable-line a: b");
  });
});
