import assert from "node:assert/strict";
import { readTypeScript } from "../../../server/src/frontends/typescript/read";
import { printFacts } from "../print-facts";
import { itLowers } from "./lowered";

describe("typescript: statements", () => {
  describe("declarations", () => {
    itLowers([
      ["const a = 1, b: T = 2; let c; var d", "const a = 1\nconst b: T = 2\nlet c\nlet d"],
      ["const { a, ...b } = c, [d = 1] = e", 'const {"a": a, ...b} = c\nconst [(default d 1)] = e'],
      ["interface I {} type T = 1; declare const x: T; debugger; ;", ""],
    ]);
  });

  describe("a nested var belongs to its function", () => {
    itLowers([
      [
        "function f() { if (a) { var x = 1 } else { var x = 2, y } return x }",
        `function f() {
  let x
  let y
  if a { (= x 1) } else { (= x 2) }
  return x
}`,
      ],
      [
        "function f(x) { try { var x = 1 } catch { var { y } = z } }",
        `function f(x) {
  let y
  try { (= x 1) } catch { (= {"y": y} z) }
}`,
      ],
      ["var x = 1; { var x = 2 }", "let x\n(= x 1)\nblock { (= x 2) }"],
      ["if (a) { (() => { var x = 1 })() }", "if a { arrow() { let x = 1 }() }"],
    ]);
  });

  describe("branches", () => {
    itLowers([
      ["if (a) b(); else if (c) { d() }", "if a { b() } else { if c { d() } }"],
      ["{ a() }", "block { a() }"],
      [
        "try { a() } catch (e) { b(e) } finally { c() }",
        "try { a() } catch as e { b(e) } finally { c() }",
      ],
      ["try { a() } catch { }", "try { a() } catch {}"],
      ["throw new Error('x')", 'throw new Error("x")'],
    ]);
  });

  describe("loops", () => {
    itLowers([
      ["for (const [k, v] of xs) f(k)", "for [k, v] of xs { f(k) }"],
      ["for (a.b of xs) ;", "for a.b of xs {}"],
      ["for (const k in o) {}", "for k in o {}"],
      ["while (a) { if (b) break; continue }", "while a {\n  if b { break }\n  continue\n}"],
      ["do a(); while (b)", "do-while b { a() }"],
      [
        "for (let i = 0, n = 2; i < n; i++, f()) { if (a) continue; g(i) }",
        `block {
  let i = 0
  let n = 2
  while (< i n) {
    if a {
      (+= i 1)
      f()
      continue
    }
    g(i)
    (+= i 1)
    f()
  }
}`,
      ],
      ["for (var i = 0; ; ) {}", "let i = 0\nwhile true {}"],
      ["for (i = 0; i; ) {}", "(= i 0)\nwhile i {}"],
      ["a: while (b) { if (c) continue a; break a }", "while b {\n  if c { continue }\n  break\n}"],
    ]);

    it("a jump to an outer label is noted and leaves the inner loop", () => {
      const text = "a: for (const x of xs) { for (const y of ys) { continue a } }";
      const facts = readTypeScript("/x.ts", text);
      const lines = ["for y of ys {", '  (unknown "jump to an outer label")', "  break", "}"];
      const inner = lines.map((line) => `  ${line}`).join("\n");
      assert.equal(printFacts(facts), `for x of xs {\n${inner}\n}`);
      assert.deepEqual(
        facts.gaps.map(({ at }) => text.slice(...at)),
        ["continue a"],
      );
    });
  });

  describe("switch", () => {
    itLowers([
      [
        `switch (a) {
          case 1: case 2: { b(); break }
          case 3: c();
          case 4: { d() } break;
          case 5: return;
          case 6:
          default: e(); break;
        }`,
        `switch a {
  case 1, 2 { b() }
  case 3 { c() } falls
  case 4 { d() }
  case 5 { return }
  case 6 {} falls
  default { e() }
}`,
      ],
      [
        "switch (a) { case 1: if (b) return; else break; case 2: if (b) break; case 3: f() }",
        `switch a {
  case 1 { if b { return } else { break } }
  case 2 { if b { break } } falls
  case 3 { f() }
}`,
      ],
    ]);
  });
});
