import { itLowers } from "./lowered";

describe("typescript: expressions", () => {
  describe("literals", () => {
    itLowers([
      [`"a"; 'b\\u0041\\n'; \`c\`;`, `"a"\n"bA\\n"\n"c"`],
      ["1_000; 0xff; 1e3; .5; 0b11", "1000\n255\n1000\n0.5\n3"],
      ["1e999; 10n", '(unknown "number out of range")\n(unknown "bigint")'],
      ["null; undefined; true; false", "null\nundefined\ntrue\nfalse"],
      ["/a\\/[/]b/gi", "/a\\/[/]b/gi"],
      ["`https://${host}:${port}/`", '(template "https://" host ":" port "/")'],
      ["`${a}`", "(template a)"],
      ["sql`a ${b} c`", '(unknown "tagged template" sql b)'],
      ["[1, , ...xs]", "[1, undefined, ...xs]"],
    ]);
  });

  describe("objects", () => {
    itLowers([
      ["x = { a, b: 1, 'c-d': 2, 200: 3 }", '(= x {"a": a, "b": 1, "c-d": 2, 200: 3})'],
      ["x = { ['a']: 1, [B.C]: 2, ...rest }", '(= x {"a": 1, [B.C]: 2, ...rest})'],
      [
        "x = { m() {}, get g() { return 1 }, set g(v) {}, async *n() {} }",
        '(= x {"m": method m() {}, "g": getter g() { return 1 }, "g": setter g(v) {}, "n": async generator method n() {}})',
      ],
    ]);
  });

  describe("access and calls", () => {
    itLowers([
      ["a.b?.c.d", "a.b?.c.d"],
      ["a['b'][c]?.[d]", 'a["b"][c][d]'],
      ["f?.(a, ...b)", "f?.(a, ...b)"],
      ["new A.B(1); new C", "new A.B(1)\nnew C()"],
      ["this.#secret", "this.#secret"],
      ["#secret in x", '(in "#secret" x)'],
      ["await import('./x')", '(await import("./x"))'],
      ["import.meta.url", "import.meta.url"],
    ]);
  });

  describe("type-only syntax and parentheses vanish", () => {
    itLowers([
      ["((a as any)!.b satisfies C)", "a.b"],
      ["f<string>(<any>x)", "f(x)"],
      ["const g = f<string>", "const g = f"],
    ]);
  });

  describe("operators", () => {
    itLowers([
      ["a === b; a !== b; a == b; a != b", "(== a b)\n(!= a b)\n(== a b)\n(!= a b)"],
      ["a && b || c", "(or (and a b) c)"],
      ["a ?? b", "(nullish a b)"],
      ["a ? b : c", "(? a b c)"],
      ["!a; -a; -1; +1; typeof a", "(not a)\n(negate a)\n(negate 1)\n1\n(typeof a)"],
      [
        "+a; ~a; a >>> 1",
        '(unknown "unary +" a)\n(unknown "operator ~" a)\n(unknown "operator >>>" a 1)',
      ],
      ["'k' in o; e instanceof E", '(in "k" o)\n(instanceof e E)'],
    ]);
  });

  describe("assignments", () => {
    itLowers([
      ["a = b = 1; a.b += 1", "(= a (= b 1))\n(+= a.b 1)"],
      ["a ||= 1; a &&= 1; a ??= 1", "(or= a 1)\n(and= a 1)\n(nullish= a 1)"],
      ["a >>>= 1", '(= a (unknown "operator >>>=" a 1))'],
      ["[a, , b.c = 1, ...d] = e", "(= [a, -, (default b.c 1), ...d] e)"],
      ["({ a, b: c.d, e = 1, ...f } = g)", '(= {"a": a, "b": c.d, "e": (default e 1), ...f} g)'],
      ["a++; --a.b", "(+= a 1)\n(-= a.b 1)"],
      ["x = a++", "(= x [a, (+= a 1)][0])"],
      ["x = ++a", "(= x (+= a 1))"],
    ]);
  });

  describe("what has no word of its own is said with others", () => {
    itLowers([
      ["x = (a(), b)", "(= x [a(), b][1])"],
      ["a(), b(), c()", "a()\nb()\nc()"],
      ["x = void 0", "(= x undefined)"],
      ["x = void f()", "(= x [f(), undefined][1])"],
      ["void f()", "f()"],
      ["x && delete x.y", "(and x arrow() {\n  delete x.y\n  return true\n}())"],
    ]);
  });

  describe("markup keeps its expressions", () => {
    itLowers(
      [
        [
          "const e = <a href='x' onClick={() => go()} {...rest}>text {b} <c.D e={f} /> <>{g}</>{/* h */}</a>",
          'const e = (unknown "JSX" arrow() { return go() } rest b (unknown "JSX" f) (unknown "JSX" g))',
        ],
      ],
      "/x.tsx",
    );
  });
});
