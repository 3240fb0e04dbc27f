/**
 * The interpreter's own tables: small programs in both languages, and what their variable `x` comes to. The truth of
 * `maybe` and `more` is not known. A bug that is found gets its line here.
 */
import assert from "node:assert/strict";
import { evaluated } from "./evaluated";

interface Row {
  readonly what: string;
  readonly ts?: string;
  readonly py?: string;
  readonly x: string;
}

const imports = {
  "/main.ts": `import { other } from "elsewhere";
const maybe: any = process.argv.length > 3;
const more: any = process.argv.length > 5;
`,
  "/main.py": `import sys
from elsewhere import other
maybe = len(sys.argv) > 3
more = len(sys.argv) > 5
`,
} as const;

const tables: Readonly<Record<string, readonly Row[]>> = {
  values: [
    { what: "constants are computed", ts: "const x = 1 + 2 * 3;", py: "x = 1 + 2 * 3", x: "7" },
    {
      what: "texts are put together",
      ts: 'const a = "b"; const x = `a-${a}`;',
      py: 'a = "b"\nx = f"a-{a}"',
      x: '"a-b"',
    },
    {
      what: "what is known of a text is kept",
      ts: "const x = `https://${other.name}.com`;",
      py: 'x = f"https://{other.name}.com"',
      x: "`https://….com`",
    },
    {
      what: "later properties win",
      ts: "const a = { k: 1, l: 2 }; const x = { ...a, k: 3 };",
      py: 'a = {"k": 1, "l": 2}\nx = {**a, "k": 3}',
      x: "{l: 2, k: 3}",
    },
    {
      what: "lists are unpacked",
      ts: "const [a, ...b] = [1, 2, 3]; const x = [...b, a];",
      py: "a, *b = [1, 2, 3]\nx = [*b, a]",
      x: "[2, 3, 1]",
    },
    {
      what: "an unseen spread leaves the object open",
      ts: "const x = { k: 1, ...other };",
      py: 'x = {"k": 1, **other}',
      x: "{k: 1, …}",
    },
    {
      what: "defaults stand in for what is missing",
      ts: "const { a = 1, b = 2 } = { a: 3 } as any; const x = [a, b];",
      py: 'd = {"a": 3}\nx = [d.get("a", 1), d.get("b", 2)]',
      x: "[3, 2]",
    },
    {
      what: "a member of nothing is nothing",
      ts: "const a: any = undefined; const x = a?.b.c ?? 1;",
      py: "a = None\nx = a.b if a else 1",
      x: "1",
    },
  ],
  "join: after an undecided condition both sides are possible": [
    {
      what: "of a variable",
      ts: "let x = 1; if (maybe) x = 2;",
      py: "x = 1\nif maybe:\n    x = 2",
      x: "1 | 2",
    },
    {
      what: "of a conditional expression",
      ts: "const x = maybe ? 1 : 2;",
      py: "x = 1 if maybe else 2",
      x: "1 | 2",
    },
    {
      what: "equal sides are one",
      ts: "let x; if (maybe) x = 1; else x = 1;",
      py: "if maybe:\n    x = 1\nelse:\n    x = 1",
      x: "1",
    },
    {
      what: "of a property",
      ts: "const x: any = { k: 1 }; if (maybe) x.k = 2;",
      py: 'x = {"k": 1}\nif maybe:\n    x["k"] = 2',
      x: "{k: 1 | 2}",
    },
    {
      what: "a property of one side may be there",
      ts: "const x: any = {}; if (maybe) x.k = 1;",
      py: 'x = {}\nif maybe:\n    x["k"] = 1',
      x: "{k?: 1}",
    },
    {
      what: "an element of one side may be there",
      ts: "const x = [1]; if (maybe) x.push(2);",
      py: "x = [1]\nif maybe:\n    x.append(2)",
      x: "[1, 2?]",
    },
    {
      what: "of nested conditions",
      ts: "let x = 1; if (maybe) { if (more) x = 2; else x = 3; }",
      py: "x = 1\nif maybe:\n    if more:\n        x = 2\n    else:\n        x = 3",
      x: "1 | 2 | 3",
    },
    {
      what: "a side that throws has no say",
      ts: "let x = 1; if (maybe) { x = 2; throw new Error(); }",
      py: "x = 1\nif maybe:\n    x = 2\n    raise ValueError()",
      x: "1",
    },
  ],
  "undo: what one side writes the other does not see": [
    {
      what: "a variable",
      ts: "let a = 1; let x = 0; if (maybe) a = 2; else x = a;",
      py: "a = 1\nx = 0\nif maybe:\n    a = 2\nelse:\n    x = a",
      x: "0 | 1",
    },
    {
      what: "a property",
      ts: "const o: any = { k: 1 }; let x = 0; if (maybe) o.k = 2; else x = o.k;",
      py: 'o = {"k": 1}\nx = 0\nif maybe:\n    o["k"] = 2\nelse:\n    x = o["k"]',
      x: "0 | 1",
    },
    {
      what: "an element",
      ts: "const l: any[] = []; let x = 9; if (maybe) l.push(1); else x = l.length;",
      py: "l = []\nx = 9\nif maybe:\n    l.append(1)\nelse:\n    x = len(l)",
      x: "0 | 9",
    },
  ],
  "narrowing: a test takes away what it excludes": [
    {
      what: "by equality",
      ts: 'const a = maybe ? "*" : "b"; const x = a === "*" ? "star" : [a];',
      py: 'a = "*" if maybe else "b"\nx = "star" if a == "*" else [a]',
      x: '"star" | ["b"]',
    },
    {
      what: "by truth",
      ts: 'const a = maybe ? "" : "b"; const x = a ? [a] : ["c"];',
      py: 'a = "" if maybe else "b"\nx = [a] if a else ["c"]',
      x: '["b"] | ["c"]',
    },
    {
      what: "by a default",
      ts: 'const a = maybe ? "" : "b"; const x = a || "c";',
      py: 'a = "" if maybe else "b"\nx = a or "c"',
      x: '"b" | "c"',
    },
    {
      what: "of a list that is empty",
      ts: "const l = maybe ? [] : [1]; if (l.length === 0) l.push(2); const x = l;",
      py: "l = [] if maybe else [1]\nif len(l) == 0:\n    l.append(2)\nx = l",
      x: "[1] | [2]",
    },
    {
      what: "of one of two lists, each of which may be empty",
      ts: "const l: any[] = maybe ? [...other] : []; if (more) l.push(1); if (l.length === 0) l.push(2); const x = l;",
      py: "l = [*other] if maybe else []\nif more:\n    l.append(1)\nif not l:\n    l.append(2)\nx = l",
      x: "[1?, 2?, 1?, …] | [1] | [2]",
    },
    {
      what: "a number among the keys of an object",
      ts: "const o: any = { 7: 1, 14: 2 }; const x = [7 in o, 8 in o];",
      py: "o = {7: 1, 14: 2}\nx = [7 in o, 8 in o]",
      x: "[true, false]",
    },
    {
      what: "a text in a list of numbers is none of them",
      ts: 'const l: any[] = [7]; const x = l.includes("7");',
      py: 'x = "7" in [7]',
      x: "false",
    },
    {
      what: "a function has no members but its own",
      ts: 'const f: any = () => 1; const g: any = () => 2; g.use = 1; const x = ["use" in f, "call" in f, "use" in g];',
      x: "[false, true, ?]",
    },
    {
      what: "decided conditions have one side",
      ts: 'const x = "a" === "b" ? 1 : 2;',
      py: 'x = 1 if "a" == "b" else 2',
      x: "2",
    },
  ],
  "exceptions and finally": [
    {
      what: "skip what stands behind them",
      ts: "let x = 0; try { x = 1; throw new Error(); x = 2; } catch {}",
      py: "x = 0\ntry:\n    x = 1\n    raise ValueError()\n    x = 2\nexcept ValueError:\n    pass",
      x: "1",
    },
    {
      what: "leave what was written before them to the handler",
      ts: "const x: number[] = []; try { x.push(1); throw new Error(); } catch { x.push(2); }",
      py: "x = []\ntry:\n    x.append(1)\n    raise ValueError()\nexcept ValueError:\n    x.append(2)",
      x: "[1, 2]",
    },
    {
      what: "a return in finally wins",
      ts: "const f = () => { try { return 1; } finally { return 2; } }; const x = f();",
      py: "def f():\n    try:\n        return 1\n    finally:\n        return 2\nx = f()",
      x: "2",
    },
    {
      what: "are caught",
      ts: "let x = 0; try { throw new Error(); } catch { x = 1; }",
      py: "x = 0\ntry:\n    raise ValueError()\nexcept ValueError:\n    x = 1",
      x: "1",
    },
    {
      what: "leave functions",
      ts: "let x = 0; const f = () => { throw new Error(); }; try { f(); x = 1; } catch { x = 2; }",
      py: "x = 0\ndef f():\n    raise ValueError()\ntry:\n    f()\n    x = 1\nexcept ValueError:\n    x = 2",
      x: "2",
    },
    {
      what: "finally runs after a catch",
      ts: "const x: number[] = []; try { throw new Error(); } catch { x.push(1); } finally { x.push(2); }",
      py: "x = []\ntry:\n    raise ValueError()\nexcept ValueError:\n    x.append(1)\nfinally:\n    x.append(2)",
      x: "[1, 2]",
    },
    {
      what: "finally runs before a return",
      ts: "const l: number[] = []; const f = () => { try { return l.length; } finally { l.push(1); } }; const x = [f(), l.length];",
      py: "l = []\ndef f():\n    try:\n        return len(l)\n    finally:\n        l.append(1)\nx = [f(), len(l)]",
      x: "[0, 1]",
    },
  ],
  promises: [
    {
      what: "are awaited",
      ts: "const f = async () => 1; const g = async () => (await f()) + 1; let x = 0; g().then((v) => { x = v; });",
      x: "2",
    },
    {
      what: "all at once",
      ts: "let x: any; Promise.all([Promise.resolve(1), 2]).then((v) => { x = v; });",
      x: "[1, 2]",
    },
    {
      what: "that are rejected are caught",
      ts: "const f = async () => { throw new Error(); }; let x = 0; f().then(() => { x = 1; }).catch(() => { x = 2; });",
      x: "2",
    },
  ],
  loops: [
    {
      what: "over a known list",
      ts: "const x: number[] = []; for (const a of [1, 2, 3]) x.push(a * 2);",
      py: "x = []\nfor a in [1, 2, 3]:\n    x.append(a * 2)",
      x: "[2, 4, 6]",
    },
    {
      what: "break and continue",
      ts: "const x: number[] = []; for (const a of [1, 2, 3, 4]) { if (a === 2) continue; if (a === 4) break; x.push(a); }",
      py: "x = []\nfor a in [1, 2, 3, 4]:\n    if a == 2:\n        continue\n    if a == 4:\n        break\n    x.append(a)",
      x: "[1, 3]",
    },
    {
      what: "a comprehension",
      ts: "const x = [1, 2, 3].filter((a) => a > 1).map((a) => a + 1);",
      py: "x = [a + 1 for a in [1, 2, 3] if a > 1]",
      x: "[3, 4]",
    },
    {
      what: "reduced",
      ts: "const x = [1, 2, 3].reduce((sum, a) => sum + a, 0);",
      x: "6",
    },
    {
      what: "reduced, of elements that may be missing",
      ts: "const l = [1]; if (maybe) l.push(2); const x = l.reduce((sum, a) => sum + a, 0);",
      x: "1 | 3",
    },
    {
      what: "over an object",
      ts: "const x: string[] = []; for (const k in { a: 1, b: 2 }) x.push(k);",
      py: 'x = []\nfor k in {"a": 1, "b": 2}:\n    x.append(k)',
      x: '["a", "b"]',
    },
    {
      what: "to an index",
      ts: "const x: number[] = []; for (let i = 0; i < 3; i++) x.push(i);",
      py: "x = []\nfor i in range(3):\n    x.append(i)",
      x: "[0, 1, 2]",
    },
  ],
};

describe("the interpreter", () => {
  for (const [table, rows] of Object.entries(tables)) {
    describe(table, () => {
      for (const { what, ts, py, x } of rows) {
        for (const [file, text] of [
          ["/main.ts", ts],
          ["/main.py", py],
        ] as const) {
          if (text === undefined) continue;
          it(`${what} (${file.slice(6)})`, async () => {
            const found = await evaluated({ [file]: imports[file] + text });
            assert.equal(found["x"], x);
          });
        }
      }
    });
  }

  for (const [what, text, x] of [
    ["a function", "module.exports = (a) => [a];", "[1]"],
    ["an object with the name", "module.exports = { make: (a) => [a] };", "[2]"],
    ["the exports as they were", "exports.make = (a) => [a];", "[2]"],
  ] as const) {
    it(`requires within an expression: ${what}`, async () => {
      const use = x === "[1]" ? 'require("./b")(1)' : 'require("./b").make(2)';
      const found = await evaluated({ "/a.js": `const x = ${use};`, "/b.js": text });
      assert.equal(found["x"], x);
    });
  }
  it("looks once at what values share, however often they hold it", async () => {
    const doubled = (line: string, end: string): string => `${line}${end}`.repeat(60);
    const ts = `let v: any = [more]; ${doubled("v = [v, v];", " ")} const t = \`\${v}\`; const x = [t === "a", v.length];`;
    const found = await evaluated({ "/main.ts": imports["/main.ts"] + ts });
    assert.equal(found["x"], "[?, 2]");
    const py = `v = [more]\n${doubled("v = [v, v]", "\n")}k = {"a": 1}\nk[v] = 2\nt = f"{v}"\nx = [t == "a", len(v)]`;
    const python = await evaluated({ "/main.py": imports["/main.py"] + py });
    assert.equal(python["x"], "[?, 2]");
    const texts = doubled('if (maybe) v = JSON.stringify(["a", v]);', " ");
    const text = `let v: any = 12; ${texts} let w: any = "ab"; ${doubled("w = w.concat(v, w);", " ")} const x = 1;`;
    assert.equal((await evaluated({ "/main.ts": imports["/main.ts"] + text }))["x"], "1");
  });

  it("sees a module of a circle as far as it got", async () => {
    const found = await evaluated({
      "/a.ts": 'import { two } from "./b"; export const one = 1; export const x = two;',
      "/b.ts":
        'import * as a from "./a"; export const two = () => a.one; export const seen = typeof a;',
    });
    assert.equal(found["x"], "function");
    const python = await evaluated({
      "/a.py": "from b import two\none = 1\nx = two()",
      "/b.py": "import a\ndef two():\n    return a.one",
    });
    assert.equal(python["x"], "1");
  });
});
