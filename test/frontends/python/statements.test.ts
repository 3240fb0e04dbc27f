import assert from "node:assert/strict";
import { factsOf, lowersTo } from "./lowered";

describe("Python statements", () => {
  it("assignment declares names and assigns to places", () =>
    lowersTo(
      `
      x = 1
      x: int = 2
      y: str
      x += 1
      x //= 2
      a.b = 1
      a["k"] = 1
      a.b: int = 1
      a.b: int
      p, (q, *r) = xs
      [p, q] = xs
      a.b, q = xs
      (p) = 1
      `,
      `
      let x = 1
      let x: int = 2
      let y: str
      (+= x 1)
      (//= x 2)
      (= a.b 1)
      (= a["k"] 1)
      (= a.b 1)
      let [p, [q, ...r]] = xs
      let [p, q] = xs
      (= [a.b, q] xs)
      let p = 1
      `,
    ));

  it("several targets take the same value", () =>
    lowersTo(
      `
      a = b = {}
      o.p = c = f()
      o.p = o.q = f()
      `,
      `
      let a = {}
      let b = a
      let c = f()
      (= o.p c)
      (= o.p (= o.q f()))
      `,
    ));

  it("names behind a star are bound to something unknown", () =>
    lowersTo(
      "a, *m, z = xs",
      'let [a, ...{[(unknown "a place counted from the end")]: m, [(unknown "a place counted from the end")]: z}] = xs',
    ));

  it("global and nonlocal names are assigned, not declared", () =>
    lowersTo(
      `
      def f():
          global cache
          cache = 1
          local = 2
      `,
      `
      function f() {
        (= cache 1)
        let local = 2
      }
      `,
    ));

  it("imports", () =>
    lowersTo(
      `
      import json
      import os.path
      import aws_cdk.aws_lambda as lambda_, re
      from aws_cdk import Stack, aws_apigateway as apigw
      from . import cors
      from ..lib.http import (ok, fail as bad,)
      from shared import *
      from __future__ import annotations
      if TYPE_CHECKING:
          from m import T
      `,
      `
      import * as json from "json"
      import * as os from "os"
      import from "os.path"
      import * as lambda_ from "aws_cdk.aws_lambda"
      import * as re from "re"
      import Stack, aws_apigateway as apigw from "aws_cdk"
      import cors from "."
      import ok, fail as bad from "..lib.http"
      import * from "shared"
      import annotations from "__future__"
      if TYPE_CHECKING { import T from "m" }
      `,
    ));

  it("branches and loops", () =>
    lowersTo(
      `
      if a: b
      elif c: d
      else: e
      for k, v in o.items():
          if k: continue
      while True:
          break
      for x in xs: f(x)
      else: g()
      while a:
          if b: break
      else: h()
      `,
      `
      if a { b } else { if c { d } else { e } }
      for [k, v] of o.items() { if k { continue } }
      while true { break }
      for x of xs { f(x) }
      block { g() }
      while a { if b { break } }
      if (unknown "whether the loop broke") { block { h() } }
      `,
    ));

  it("try, raise and assert", () =>
    lowersTo(
      `
      try:
          f()
      except (A, B.C) as e:
          raise X(e) from e
      except D:
          raise
      except:
          pass
      else:
          g()
      finally:
          h()
      try: f()
      except* E as group: pass
      assert a, "m"
      `,
      `
      try { f() } catch A, B.C as e { throw X(e) } catch D { throw } catch {} else { g() } finally { h() }
      try { f() } catch E as group {}
      if (not a) { throw AssertionError("m") }
      `,
    ));

  it("with binds what __enter__ returns", () =>
    lowersTo(
      `
      with open(p) as f, lock: f.read()
      with (a as b, c as d): pass
      `,
      `
      block {
        let f = open(p).__enter__()
        lock
        f.read()
      }
      block {
        let b = a.__enter__()
        let d = c.__enter__()
      }
      `,
    ));

  it("match on values is a switch", () =>
    lowersTo(
      `
      match event["httpMethod"]:
          case "GET" | "HEAD": a
          case -1 | None | Kind.X: b
          case ("x") as m: c
          case _: d
      `,
      `
      switch event["httpMethod"] {
        case "GET", "HEAD" { a }
        case (negate 1), null, Kind.X { b }
        case "x" {
          let m = event["httpMethod"]
          c
        }
        default { d }
      }
      `,
    ));

  it("match on shapes is unknown and binds its names", () =>
    lowersTo(
      `
      match e:
          case {"a": v}: a
          case P(x): b
          case "y" if c: d
          case other: f
      `,
      `
      switch e {
        case (unknown "a pattern that is no value") {
          let v = (unknown "a part that a pattern took")
          a
        }
        case (unknown "a pattern that is no value") {
          let x = (unknown "a part that a pattern took")
          b
        }
        case (unknown "a case with a guard" c) { d }
        default {
          let other = e
          f
        }
      }
      `,
    ));

  it("del, pass, return and statements on one line", () =>
    lowersTo(
      `
      del a, b["k"], (c, d)
      pass
      def f(): return 1, 2
      if __name__ == "__main__": main(); x = 1
      `,
      `
      delete a
      delete b["k"]
      delete c
      delete d
      function f() { return [1, 2] }
      if (== __name__ "__main__") {
        main()
        let x = 1
      }
      `,
    ));

  it("finds suppression comments", async () => {
    const text = "# cors-lens-disable-next-line any-origin-allowed: public data\nx = 1\n";
    const { directives } = await factsOf(text);
    assert.deepEqual(
      directives.map(({ scope, rules, reason }) => ({ scope, rules, reason })),
      [{ scope: "next-line", rules: ["any-origin-allowed"], reason: "public data" }],
    );
  });
});
