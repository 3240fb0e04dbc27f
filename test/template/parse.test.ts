import assert from "node:assert/strict";
import { readTemplate } from "../../server/src/frontends/template/read";
import { entryOf, valueAt, type TreeNode } from "../../shared/src/ir/tree";

const treeOf = (text: string): TreeNode => {
  const { tree } = readTemplate("/t.yaml", text);
  assert.ok(tree);
  return tree;
};

const textAt = (text: string, { at }: TreeNode): string => text.slice(at.start, at.end);

describe("template frontend", () => {
  it("says where everything stands", () => {
    const text = `A: # why\n  B: 'it''s'\n  C:\n    - one\n    - "two" # last\n\nD: [x, {y: 1}]\n`;
    const tree = treeOf(text);
    const b = valueAt(tree, "A", "B");
    assert.deepEqual(b?.k === "scalar" && [b.value, textAt(text, b), b.inside], [
      "it's",
      "'it''s'",
      undefined,
    ]);
    const c = valueAt(tree, "A", "C");
    assert.ok(c?.k === "list");
    assert.equal(textAt(text, c), `- one\n    - "two"`);
    const two = c.items[1];
    assert.ok(two?.k === "scalar" && two.inside);
    assert.equal(text.slice(two.inside.start, two.inside.end), "two");
    const a = entryOf(tree, "A");
    assert.equal(a && text.slice(a.keyAt.start, a.keyAt.end), "A");
    assert.equal(
      a && text.slice(a.at.start, a.at.end),
      `A: # why\n  B: 'it''s'\n  C:\n    - one\n    - "two"`,
    );
  });

  it("reads short functions in their long form", () => {
    const tree = treeOf(`A: !Sub "x\${B}"\nC: !If [c, !Ref D, !GetAtt E.Arn]\n`);
    assert.equal(valueAt(tree, "A", "Fn::Sub")?.k, "scalar");
    const branches = valueAt(tree, "C", "Fn::If");
    assert.ok(branches?.k === "list");
    assert.deepEqual(
      branches.items.map((item) => (item.k === "map" ? item.entries[0]?.key : item.k)),
      ["scalar", "Ref", "Fn::GetAtt"],
    );
  });

  it("keeps texts as they are written: account ids, versions, dates", () => {
    const tree = treeOf("A: 012345678901\nB: 2012-10-17\nC: yes\nD: null\n");
    const all = ["A", "B", "C", "D"].map((key) => valueAt(tree, key));
    assert.deepEqual(
      all.map((node) => node?.k === "scalar" && node.text),
      ["012345678901", "2012-10-17", "yes", "null"],
    );
    assert.deepEqual(all.map((node) => node?.k === "scalar" && node.value).slice(1), [
      "2012-10-17",
      true,
      null,
    ]);
  });

  it("follows anchors and merged maps, where they were written", () => {
    const text = "base: &b\n  X: 1\n  Y: 2\nown:\n  <<: *b\n  Y: 3\n";
    const own = valueAt(treeOf(text), "own");
    const x = valueAt(own, "X");
    assert.equal(x?.at.start, text.indexOf("1"));
    assert.equal(
      valueAt(own, "Y")?.k === "scalar" && (valueAt(own, "Y") as { text: string }).text,
      "3",
    );
  });

  it("reads JSON, tabs and all", () => {
    const text = `{\n\t"Resources": {\n\t\t"A": { "Type": "x" }\n\t}\n}`;
    assert.equal(textAt(text, valueAt(treeOf(text), "Resources", "A", "Type") as TreeNode), `"x"`);
  });

  it("finds what switches rules off, in comments only", () => {
    const text = [
      "# cors-lens-disable-next-line any-origin-allowed: public",
      "A: '# cors-lens-disable-file x'",
      "B: |",
      "  # cors-lens-disable-file y",
      "C: 1 # cors-lens-disable-line z",
    ].join("\n");
    const { directives } = readTemplate("/t.yaml", text);
    assert.deepEqual(
      directives.map(({ scope, rules, at }) => [
        scope,
        rules,
        text.slice(...at).startsWith("cors-lens"),
      ]),
      [
        ["next-line", ["any-origin-allowed"], true],
        ["line", ["z"], true],
      ],
    );
  });

  it("says that it did not read a broken file whole", () => {
    for (const text of ["A: [", "A: 'x", "A: *nobody\nB: : :", "{", '{"A": ]}', "\t- a: }"]) {
      const facts = readTemplate("/t.yaml", text);
      assert.equal(facts.language, "template");
    }
    assert.equal(readTemplate("/t.yaml", "A: [").broken, true);
  });

  it("survives bombs", () => {
    const laughs = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (let i = 0; i < 12; i++) {
      const [before, now] = [String.fromCharCode(97 + i), String.fromCharCode(98 + i)];
      laughs.push(`${now}: &${now} [${Array<string>(10).fill(`*${before}`).join(", ")}]`);
    }
    const bombs = [
      laughs.join("\n"),
      "[".repeat(100_000),
      "{a: ".repeat(50_000),
      "- ".repeat(300_000),
      "? ".repeat(100_000),
      "a: &a\n  b: *a\n",
      Array.from({ length: 1500 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
    ];
    for (const bomb of bombs) assert.equal(readTemplate("/t.yaml", bomb).body.length, 0);
    assert.equal(readTemplate("/t.yaml", laughs.join("\n")).broken, true);
  });
});
