import assert from "node:assert/strict";
import { expressionOf, factsOf, lowersTo } from "./lowered";

async function valueOf(python: string): Promise<unknown> {
  const expr = await expressionOf(python);
  assert.equal(expr.k, "lit", JSON.stringify(expr));
  return expr.value;
}

describe("Python strings", () => {
  const values: [python: string, value: string][] = [
    [`'a'`, "a"],
    [`"it's"`, "it's"],
    [`""`, ""],
    [`"""a "b" c"""`, 'a "b" c'],
    [`u"a" b"c" 'd'`, "acd"],
    [`"\\n\\t\\\\\\'\\""`, "\n\t\\'\""],
    [`"\\x41\\u00e9\\U0001F600\\101\\0"`, "A\u00e9\u{1F600}A\0"],
    [`"\\d\\q"`, "\\d\\q"],
    [`b"\\x41\\u0041"`, "A\\u0041"],
    [`r"\\d\\n" R'\\x41'`, "\\d\\n\\x41"],
    [`"a\\\nb"`, "ab"],
    [`"""a\r\nb\\\r\nc"""`, "a\nbc"],
    [`("a"\n  "b")`, "ab"],
    [`f"a{{b}}"`, "a{b}"],
    [`rf"\\{{\\d"`, "\\{\\d"],
  ];
  for (const [python, value] of values) {
    it(`${JSON.stringify(python)} is ${JSON.stringify(value)}`, async () => {
      assert.equal(await valueOf(python), value);
    });
  }

  it("an f-string is a template", () =>
    lowersTo(
      `
      f"https://{sub}.example.com"
      f"{a}{b.c}"
      f"{a}" "x" f"y{b}"
      f"{a!s}{b:s}"
      `,
      `
      (template "https://" sub ".example.com")
      (template a b.c)
      (template a "xy" b)
      (template a b)
      `,
    ));

  it("a conversion, a format and a character's name are unknown, not dropped", () =>
    lowersTo(
      `
      f"{a!r}"
      f"n={a:>{w}}"
      f"{a=}"
      "x\\N{DASH}y"
      `,
      `
      (template (unknown "a formatted value" a))
      (template "n=" (unknown "a formatted value" a w))
      (template (unknown "a formatted value" a))
      (template "x" (unknown "a character by name") "y")
      `,
    ));

  it("the range of a key leaves its quotes out", async () => {
    const text = `x = {"Access-Control-Allow-Origin": 1, r'''k''': 2, n: 3}`;
    const [statement] = (await factsOf(text)).body;
    assert.equal(statement?.k, "let");
    assert.equal(statement.value?.k, "object");
    const keys = statement.value.entries.map((entry) =>
      "keyAt" in entry ? text.slice(...entry.keyAt) : "",
    );
    assert.deepEqual(keys, ["Access-Control-Allow-Origin", "k", "n"]);
  });
});
