import assert from "node:assert/strict";
import fc from "fast-check";
import { readTypeScript } from "../../../server/src/frontends/typescript/read";
import { printFacts } from "../print-facts";
import { readWell } from "./lowered";

const sample = `import { Cors, RestApi as Api } from "aws-cdk-lib/aws-apigateway";
const { a: [b = 1, ...c], ...d } = require('e');
@tag export default class Stack extends cdk.Stack<T> {
  static #x = /a[/]b/g; y?: string = \`\${f(\`\${g}\`)}h\`;
  constructor(scope: Construct, private readonly id: string) {
    super(scope, id, { ...props, 'k': v as any, [l]: m!, get n() { return 0x1F } });
    outer: for (let i = 0; i < 3; i++) { switch (i) { case 1: break outer; default: continue } }
    try { if (p?.[q]?.(r)) throw s; else do { t++ } while (u >>> 1) } catch { } finally { delete w.z }
  }
}
export const handler = async (event) => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } });
enum E { A, B = "b" } namespace N.M { export var o; } const j = <div a={b}>{...c}text</div>;
`;

const pieces = [
  ..."(){}[]<>;:,.=+-!?#@$`'\"/\\\n",
  ..."=> ... ?. ${ */ /* // && += ++ if else for of in while do switch case default try catch".split(
    " ",
  ),
  ..."finally return throw break continue class extends constructor get set static enum".split(" "),
  ..."namespace import export from require function async await yield new delete void typeof".split(
    " ",
  ),
  ..."const let var x 1 'a' as type this super </ />".split(" "),
];

describe("typescript: whatever the text, facts come back", () => {
  it("for every prefix of a file", () => {
    for (let end = 0; end <= sample.length; end++) {
      printFacts(readTypeScript("/x.tsx", sample.slice(0, end)));
    }
  });

  it("for a file with a character missing", () => {
    for (let i = 0; i < sample.length; i += 3) {
      printFacts(readTypeScript("/x.tsx", sample.slice(0, i) + sample.slice(i + 1)));
    }
  });

  it("for words in any order", () => {
    const soup = fc
      .array(fc.constantFrom(...pieces), { maxLength: 40 })
      .map((all) => all.join(" "));
    fc.assert(
      fc.property(soup, (text) => void printFacts(readTypeScript("/x.tsx", text))),
      {
        numRuns: 2000,
      },
    );
  });

  it("for any characters", () => {
    const text = fc.string({ unit: "binary", maxLength: 100 });
    fc.assert(fc.property(text, (any) => void printFacts(readTypeScript("/x.ts", any))));
  });

  it("the same facts each time, and plain data", () => {
    const facts = readTypeScript("/x.tsx", sample);
    assert.deepEqual(JSON.parse(JSON.stringify(facts)), readTypeScript("/x.tsx", sample));
  });
});

describe("typescript: nesting", () => {
  const nests: [what: string, text: (depth: number) => string][] = [
    ["parentheses", (n) => "(".repeat(n) + "1" + ")".repeat(n)],
    ["open brackets", (n) => "x = " + "[".repeat(n)],
    ["objects", (n) => "x = " + "{a:".repeat(n) + "1" + "}".repeat(n)],
    ["blocks", (n) => "{".repeat(n) + "}".repeat(n)],
    ["else if", (n) => "if (a) b(); else ".repeat(n) + "c()"],
    ["a sum", (n) => "1" + " + x".repeat(n)],
    ["a chain of calls", (n) => "a" + ".b()".repeat(n)],
    ["commas", (n) => "a" + ", b".repeat(n)],
    ["functions", (n) => "() => ".repeat(n) + "1"],
    ["templates", (n) => "`${".repeat(n) + "1" + "}`".repeat(n)],
    ["markup", (n) => "x = " + "<a>".repeat(n) + "</a>".repeat(n)],
    ["patterns", (n) => "const " + "[".repeat(n) + "x" + "]".repeat(n) + " = 1"],
    ["types", (n) => "let x: " + "(".repeat(n) + "1" + ")".repeat(n)],
    ["not", (n) => "!".repeat(n) + "x"],
    ["labels", (n) => "a:".repeat(n) + "x"],
    ["namespaces", (n) => "namespace a" + ".b".repeat(n) + "{ export const x = 1 }"],
    ["qualified names", (n) => "import x = a" + ".b".repeat(n)],
    ["enums", (n) => "enum E { A = " + "(".repeat(n) + "1" + ")".repeat(n) + " }"],
  ];
  for (const [what, text] of nests) {
    it(`20,000 deep: ${what}`, () => {
      const facts = readTypeScript("/x.tsx", text(20_000));
      JSON.stringify(facts);
      printFacts(facts);
    });
    it(`1,000 deep: ${what}`, () => void printFacts(readTypeScript("/x.tsx", text(1_000))));
  }

  it("what is too deep is a gap, and the rest stays", () => {
    const facts = readTypeScript("/x.ts", `x = ${"!".repeat(1_000)}y; z()`);
    assert.deepEqual(
      facts.gaps.map(({ because }) => because),
      ["nested too deeply"],
    );
    assert.match(printFacts(facts), /\(unknown "nested too deeply"\)[^]*\nz\(\)$/);
  });

  it("what is too deep even for the parser breaks the file", () => {
    const facts = readTypeScript("/x.ts", "[".repeat(20_000));
    assert.equal(facts.broken, true);
    assert.ok(facts.gaps.length > 0);
    printFacts(facts);
  });

  it("parentheses that the parser can nest are no nesting", () => {
    assert.equal(printFacts(readWell("(".repeat(500) + "x" + ")".repeat(500))), "x");
  });
});

describe("typescript: unusual files", () => {
  it("a megabyte", () => {
    const line = "export const f = async (e) => ({ statusCode: 200, headers: { 'A': `${e}` } });\n";
    const count = Math.ceil(1_000_000 / line.length);
    assert.equal(readWell(line.repeat(count), "/x.js").body.length, 2 * count);
  });

  it("none, blanks, a hashbang, a byte order mark, a NUL", () => {
    assert.equal(printFacts(readWell("")), "");
    assert.equal(printFacts(readWell(" \r\n\t")), "");
    assert.equal(printFacts(readWell("#!/usr/bin/env node\nf()")), "f()");
    assert.equal(printFacts(readWell("\uFEFFf()\r\n")), "f()");
    assert.equal(printFacts(readWell("f('\0')")), 'f("\\u0000")');
    assert.equal(readTypeScript("/x.ts", "f(\0)").broken, true);
  });

  it("names and strings beyond ASCII", () => {
    assert.equal(
      printFacts(readWell("const été = '👩‍👩‍👧\\ud800', 𝒳 = ñ.변수")),
      'const été = "👩‍👩‍👧\\ud800"\nconst 𝒳 = ñ.변수',
    );
  });

  it("facts survive beside a syntax error", () => {
    const facts = readTypeScript("/x.ts", "const a = { b: 1, c: };\nf(a.);\ng()");
    assert.equal(facts.broken, true);
    const lines = ['const a = {"b": 1, "c": (unknown "missing expression")}'];
    lines.push('f((unknown "missing name after the dot" a))', "g()");
    assert.equal(printFacts(facts), lines.join("\n"));
    assert.equal(facts.gaps[0]?.because, "syntax error: Expression expected.");
  });

  for (const ext of ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"]) {
    it(`.${ext}`, () =>
      assert.equal(printFacts(readWell("f(a ?? b)", `/x.${ext}`)), "f((nullish a b))"));
  }
  it("markup in .js, a type assertion in .ts", () => {
    assert.equal(printFacts(readWell("f(<a>{b}</a>)", "/x.js")), 'f((unknown "JSX" b))');
    assert.equal(printFacts(readWell("f(<a>b)", "/x.ts")), "f(b)");
  });
});
