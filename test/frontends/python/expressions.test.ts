import { lowersTo } from "./lowered";

describe("Python expressions", () => {
  it("numbers and constants", () =>
    lowersTo(
      `
      [1, 1_000, 0x10, 0o17, 0b11, 1.5, 1e3, -2, +3]
      [True, False, None]
      2j
      ...
      `,
      `
      [1, 1000, 16, 15, 3, 1.5, 1000, (negate 2), 3]
      [true, false, null]
      (unknown "a number of another kind")
      (unknown "an ellipsis")
      `,
    ));

  it("lists, tuples, sets and dictionaries", () =>
    lowersTo(
      `
      [1, *xs]
      (1,)
      (1)
      1, 2
      {1, *xs}
      {"a": 1, **b, c: 2}
      {}
      `,
      `
      [1, ...xs]
      [1]
      1
      [1, 2]
      [1, ...xs]
      {"a": 1, ...b, [c]: 2}
      {}
      `,
    ));

  it("operators", () =>
    lowersTo(
      `
      a + b * c ** d
      a % (b, c)
      a // b
      a and not b or c
      a < b <= c
      a is None
      a is not b
      a in b
      a not in b
      isinstance(e, ValueError)
      -a
      ~a
      x if y else z
      (n := 5)
      `,
      `
      (+ a (* b (** c d)))
      (% a [b, c])
      (// a b)
      (or (and a (not b)) c)
      (and (< a b) (<= b c))
      (== a null)
      (!= a b)
      (in a b)
      (not in a b)
      (instanceof e ValueError)
      (negate a)
      (unknown "the operator ~" a)
      (? y x z)
      (= n 5)
      `,
    ));

  it("members, indices and calls", () =>
    lowersTo(
      `
      a.b.c
      a["k"]
      a[1, 2]
      a[1:n]
      f(1, *xs, k=2, **o)
      f(x for x in xs)
      a\\
        .b()
      print("x")
      `,
      `
      a.b.c
      a["k"]
      a[[1, 2]]
      (unknown "a slice" a (unknown "a slice" 1 n))
      f(1, ...xs, k=2, **o)
      f((array x for x of xs))
      a.b()
      print("x")
      `,
    ));

  it("comprehensions", () =>
    lowersTo(
      `
      [f(x, y) for x, y in xs if x if y for z in y]
      {x for x in xs}
      {k: v for k, v in o.items()}
      (x async for x in xs)
      `,
      `
      (array f(x, y) for [x, y] of xs if x if y for z of y)
      (array x for x of xs)
      (object k: v for [k, v] of o.items())
      (array x for x of xs)
      `,
    ));

  it("lambdas keep the outer self", () =>
    lowersTo(
      `
      lambda: 1
      lambda a, *b, c=2, **d: a
      `,
      `
      arrow() { return 1 }
      arrow(a, ...b, c = 2, **d) { return a }
      `,
    ));
});
