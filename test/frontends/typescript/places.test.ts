import assert from "node:assert/strict";
import type { Expr } from "../../../shared/src/ir/facts";
import { readTypeScript } from "../../../server/src/frontends/typescript/read";
import { firstValue, placesIn, readWell } from "./lowered";

function entryPlaces(text: string): [key: string, value: string, whole: string][] {
  const value = firstValue(readWell(text));
  assert.equal(value.k, "object");
  return value.entries.map((entry) => {
    assert.ok("key" in entry);
    const cut = (at: Expr["at"]) => text.slice(...at);
    return [cut(entry.keyAt), cut(entry.value.at), cut(entry.at)];
  });
}

describe("typescript: places", () => {
  it("a key's place excludes quotes and brackets", () => {
    const text = "const x = { a: 1, 'b': (2), /* c */ [\"d\"]: e, [f.g]: h, i, j() {} }";
    assert.deepEqual(entryPlaces(text), [
      ["a", "1", "a: 1"],
      ["b", "2", "'b': (2)"],
      ["d", "e", '["d"]: e'],
      ["f.g", "h", "[f.g]: h"],
      ["i", "i", "i"],
      ["j", "j() {}", "j() {}"],
    ]);
  });

  it("a place begins after comments and ends before them", () => {
    const text = "// before\nconst /* c */ x = /* d */ f( /* e */ a /* g */ ) // after";
    const value = firstValue(readWell(text));
    assert.equal(value.k, "call");
    assert.equal(text.slice(...value.at), "f( /* e */ a /* g */ )");
    assert.deepEqual(
      value.args.map((arg) => text.slice(...arg.at)),
      ["a"],
    );
  });

  it("a member knows the place of its name", () => {
    const text = "const x = a\n  .b?.c";
    const value = firstValue(readWell(text));
    assert.equal(value.k, "member");
    assert.equal(text.slice(...value.nameAt), "c");
  });

  it("a template's text has its own place", () => {
    const text = "const x = `ab${c}de${f}`";
    const value = firstValue(readWell(text));
    assert.equal(value.k, "template");
    assert.deepEqual(
      value.parts.map((part) => text.slice(...part.at)),
      ["ab", "c", "de", "f"],
    );
  });

  it("offsets count UTF-16 code units from the start, byte order mark included", () => {
    const text = "\uFEFFconst x = '😀' + \u2028 y";
    const value = firstValue(readWell(text));
    assert.equal(value.k, "binary");
    assert.deepEqual([text.slice(...value.left.at), text.slice(...value.right.at)], ["'😀'", "y"]);
  });

  it("lines end at CRLF, LF and CR", () => {
    assert.deepEqual(readWell("a\r\nb\nc\rd").lineStarts, [0, 3, 5, 7]);
  });

  it("every place lies within the file, even in broken text", () => {
    for (const text of [
      "const a = {'b",
      "x = `a${",
      "f(",
      "a.",
      "class { m(",
      "import {",
      "<a b=",
    ]) {
      const facts = readTypeScript("/x.tsx", text);
      assert.equal(facts.broken, true, text);
      for (const { what, at } of placesIn(facts)) {
        assert.ok(
          0 <= at[0] && at[0] <= at[1] && at[1] <= text.length,
          `${text}: ${what} ${at.join()}`,
        );
      }
    }
  });
});

describe("typescript: suppression comments", () => {
  const directives = (text: string, file = "/x.tsx") =>
    readTypeScript(file, text).directives.map((each) => `${each.scope} ${each.rules.join()}`);

  it("are found wherever a comment may stand", () => {
    const text = `// cors-lens-disable-file a
      f(/* cors-lens-disable-line b */ x, { // cors-lens-disable-line c
        // cors-lens-disable-next-line d
      });
      const y = \`\${ /* cors-lens-disable-line e */ z}\`;
      const j = <a /* cors-lens-disable-line f */>{/* cors-lens-disable-line g */}</a>;
      // cors-lens-disable-file h`;
    assert.deepEqual(directives(text), [
      "file a",
      "line b",
      "line c",
      "next-line d",
      "line e",
      "line f",
      "line g",
      "file h",
    ]);
  });

  it("are not taken from strings, templates, markup and regular expressions", () => {
    const text = `"// cors-lens-disable-file a"; '/* cors-lens-disable-file b */';
      \`// cors-lens-disable-file c \${x} // cors-lens-disable-file d\`;
      const j = <a>// cors-lens-disable-file e</a>; /[/*] cors-lens-disable-file f*/;`;
    assert.deepEqual(directives(text), []);
  });

  it("are found once, by their own words", () => {
    const text =
      "/* cors-lens-disable-line a: as cors-lens-disable-file b */ // is cors-lens-disable-line";
    assert.deepEqual(directives(text), ["line a"]);
  });
});
