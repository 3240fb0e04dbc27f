import { itLowers } from "./lowered";

describe("typescript: functions and classes", () => {
  describe("functions", () => {
    itLowers([
      ["function f(a, b = 1, ...c) { return a }", "function f(a, b = 1, ...c) { return a }"],
      ["async function* f() {}", "async generator function f() {}"],
      [
        "const f = async (e: Event): Promise<R> => g(e)",
        "const f = async arrow(e: Event): Promise<R> { return g(e) }",
      ],
      ["x = function named(this: X, a?: string) {}", "(= x function named(a: string) {})"],
      [
        "function f({ a, b: { c = 1 }, 'd-e': d, [k]: e, ...r }: P, [x, , y = 2]) {}",
        'function f({"a": a, "b": {"c": (default c 1)}, "d-e": d, [k]: e, ...r}: P, [x, -, (default y 2)]) {}',
      ],
      [
        "function f(a: 1): 1; function f(a: any) { yes() } declare function g(): void",
        "function f(a: any) { yes() }",
      ],
      [
        "function* f() { x = yield 1; yield }",
        'generator function f() {\n  (= x (unknown "yield" 1))\n  (unknown "yield")\n}',
      ],
    ]);
  });

  describe("classes", () => {
    itLowers([
      [
        `@tag("x") export class A<T> extends b.C<T> implements I {
          static readonly s = 1;
          #p?: string;
          'quoted' = 2;
          run = async () => this.#p;
          declare d: number;
          [index: string]: unknown;
          @log() private async m(): Promise<void> {}
          static of() {}
          get v() { return 1 }
          set v(x) {}
          [Symbol.iterator]() {}
        }`,
        `@tag("x") class A extends b.C {
  static field s = 1
  field #p
  field quoted = 2
  field run = async arrow() { return this.#p }
  @log() async method m(): Promise<void> {}
  static method of() {}
  getter v() { return 1 }
  setter v(x) {}
  method [Symbol.iterator]() {}
}
export A = A`,
      ],
      [
        "class A { constructor(private readonly a: X, b: Y, public c = 1) { super(b); super.m() } }",
        `class A {
  constructor(a: X, b: Y, c = 1) {
    (= this.a a)
    (= this.c c)
    super(b)
    super.m()
  }
}`,
      ],
      [
        "abstract class A { abstract a: string; abstract m(): void; n(): void; n() {} }",
        "class A { method n() {} }",
      ],
      [
        "class A { static { A.x = 1 } }",
        "class A { static field static {} = arrow() { (= A.x 1) }() }",
      ],
      ["x = class extends f(y) {}", "(= x class extends f(y) {})"],
    ]);
  });

  describe("enums and namespaces", () => {
    itLowers([
      [
        'enum E { A, B = 5, C, D = "d", F = A, "g-h" = -2, I }',
        'const E = {"A": 0, "B": 5, "C": 6, "D": "d", "F": 0, "g-h": (negate 2), "I": -1}',
      ],
      ["enum E { A = f(), B }", 'const E = {"A": f(), "B": (unknown "enum value")}'],
      [
        "export namespace A.B { const p = 1; export const x = p; export function f() {} }",
        `const A = arrow() {
  const B = arrow() {
    const p = 1
    const x = p
    function f() {}
    return {"x": x, "f": f}
  }()
  return {"B": B}
}()
export A = A`,
      ],
      ["namespace T { export type X = 1 } declare module 'm' { const x: 1 } declare global {}", ""],
    ]);
  });
});
