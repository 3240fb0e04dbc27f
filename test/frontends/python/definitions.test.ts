import assert from "node:assert/strict";
import { factsOf, lowersTo } from "./lowered";

describe("Python functions and classes", () => {
  it("parameters, annotations and decorators", () =>
    lowersTo(
      `
      @app.get("/items")
      @traced
      async def f(a, /, b: int, c: str = "x", *args: T, d=1, **kw) -> Response:
          await g()
      def bare(*, k): ...
      `,
      `
      @app.get("/items") @traced async function f(a, b: int, c: str = "x", ...args: T, d = 1, **kw): Response { (await g()) }
      function bare(k) { (unknown "an ellipsis") }
      `,
    ));

  it("a generator", () =>
    lowersTo(
      "def f():\n    yield 1",
      'generator function f() { (unknown "a value that a generator is sent" 1) }',
    ));

  it("self becomes this, in the functions inside too", () =>
    lowersTo(
      `
      class Api(Stack):
          def __init__(self, scope: Construct, **kwargs):
              super().__init__(scope, **kwargs)
              self.fn = make(self)
              on_event(lambda e: self.handle(e))
              def inner(x): return self.y
              def hides(self): return self.y
          def m(this):
              return super().m(this.a)
      `,
      `
      class Api extends Stack {
        constructor __init__(scope: Construct, **kwargs) {
          super(scope, **kwargs)
          (= this.fn make(this))
          on_event(arrow(e) { return this.handle(e) })
          arrow inner(x) { return this.y }
          arrow hides(self) { return self.y }
        }
        method m() { return super.m(this.a) }
      }
      `,
    ));

  it("properties, static and class methods", () =>
    lowersTo(
      `
      class A:
          @property
          def origin(self) -> str: return self._o
          @origin.setter
          def origin(self, v): self._o = v
          @staticmethod
          def make(a): return a
          @classmethod
          @cached
          def of(cls, a: int): return cls(a)
      `,
      `
      class A {
        getter origin(): str { return this._o }
        setter origin(v) { (= this._o v) }
        static method make(a) { return a }
        @cached static method of(a: int) { return this(a) }
      }
      `,
    ));

  it("class variables and dataclass fields are static fields", () =>
    lowersTo(
      `
      @dataclass(frozen=True)
      class Config(Base, metaclass=Meta):
          """What it is."""
          ORIGINS = ["*"]
          stage: str
          ttl: int = 60
          a = b = 1
          class Inner: pass
      `,
      `
      @dataclass(frozen=true) class Config extends Base {
        static field ORIGINS = ["*"]
        static field stage
        static field ttl = 60
        static field a = 1
        static field b = 1
        static field Inner = class Inner {}
      }
      `,
    ));

  it("a class keeps all of its bases, in their order", async () => {
    const { body } = await factsOf("class A(B, Mixin, Generic[T]):\n    pass\n");
    const [bound] = body;
    assert.ok(bound?.k === "class");
    assert.equal(bound.cls.extends?.k, "name");
    assert.deepEqual(
      bound.cls.otherBases?.map((base) => base.k),
      ["name", "index"],
    );
  });

  it("what a class body cannot say in facts is a gap", async () => {
    const { gaps } = await factsOf("class A(B):\n    if x:\n        y = 1\n    register()\n");
    assert.deepEqual(
      gaps.map((gap) => gap.because),
      ["a statement in the body of a class", "a statement in the body of a class"],
    );
  });

  it("ranges point at names and whole definitions", async () => {
    const text = "@dec\ndef handler(event): return 1\n";
    const [statement] = (await factsOf(text)).body;
    assert.equal(statement?.k, "function");
    assert.equal(text.slice(...statement.at), text.trimEnd());
    assert.equal(text.slice(...(statement.fn.nameAt ?? [0, 0])), "handler");
    assert.equal(text.slice(...statement.fn.at), "def handler(event): return 1");
  });
});
