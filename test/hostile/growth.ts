/** Values that grow: texts, lists, objects and numbers that double, and loops that have no end. */
import {
  type CodeBomb,
  everywhere,
  type HostileWorkspace,
  languages,
  planted,
  plantedIn,
  times,
} from "./workspace";

/** One growth operation of each language, done again and again to `v`. */
function growing(
  name: string,
  typescript: readonly [start: string, step: string],
  python: readonly [start: string, step: string],
  count = 60,
): CodeBomb {
  return {
    name,
    typescript: [`let v: any = ${typescript[0]};`, ...times(count, typescript[1])],
    python: [`v = ${python[0]}`, ...times(count, python[1])],
  };
}

const steps: readonly CodeBomb[] = [
  growing("plus", [`"ab"`, "v = v + v;"], [`"ab"`, "v = v + v"]),
  growing("plus-assigned", [`"ab"`, "v += v;"], [`"ab"`, "v += v"]),
  growing("template", [`"ab"`, "v = `${v}-${v}`;"], [`"ab"`, 'v = f"{v}-{v}"']),
  growing("concat-text", [`"ab"`, "v = v.concat(v, v);"], [`"ab"`, 'v = "{0}{0}".format(v)']),
  growing("percent", [`"ab"`, "v = [v, v].join(v);"], [`"ab"`, 'v = "%s%s" % (v, v)']),
  growing("join", [`"ab"`, 'v = [v, v, v].join("/");'], [`"ab"`, "v = v.join([v, v, v])"]),
  growing(
    "replace-all",
    [`"aa"`, 'v = v.replaceAll("a", "aa");'],
    [`"aa"`, 'v = v.replace("a", "aa")'],
  ),
  growing(
    "replace-by-itself",
    [`"aa"`, 'v = v.replaceAll("a", v);'],
    [`"aa"`, 'v = v.replace("a", v)'],
  ),
  growing("encode", [`"%"`, "v = encodeURIComponent(v + v);"], [`"%"`, "v = (v + v).upper()"]),
  growing("json-text", [`"\\""`, "v = JSON.stringify(v + v);"], [`"\\""`, "v = json.dumps(v + v)"]),
  growing("list-spread", [`["a", "b"]`, "v = [...v, ...v];"], [`["a", "b"]`, "v = [*v, *v]"]),
  growing("list-concat", [`["a", "b"]`, "v = v.concat(v);"], [`["a", "b"]`, "v = v + v"]),
  growing("list-push", [`["a", "b"]`, "v.push(...v);"], [`["a", "b"]`, "v.extend(v)"]),
  growing(
    "list-flat-map",
    [`["a", "b"]`, "v = v.flatMap((x: any) => [x, x]);"],
    [`["a", "b"]`, "v = [y for x in v for y in (x, x)]"],
  ),
  growing(
    "list-times",
    [`["a", "b"]`, "v = [...v, ...v, ...v].slice();"],
    [`["a", "b"]`, "v *= 3"],
  ),
  growing(
    "list-reduced",
    [`["a", "b"]`, "v = v.reduce((all: any, x: any) => [...all, x, x], []);"],
    [`["a", "b"]`, "v = sum([v, v], [])"],
  ),
  growing(
    "set",
    [`["a", "b"]`, "v = [...new Set(v), ...v];"],
    [`["a", "b"]`, "v = list(set(v)) + v"],
  ),
  growing("split", [`"aa"`, 'v = v.split("").join("aa");'], [`"aa"`, 'v = "aa".join(list(v))']),
  growing(
    "shared-object",
    [`{ a: 1 }`, "v = { a: v, b: v };"],
    [`{"a": 1}`, 'v = {"a": v, "b": v}'],
    200,
  ),
  growing("shared-list", [`["a"]`, "v = [v, v];"], [`["a"]`, "v = [v, v]"], 200),
  growing(
    "shared-told",
    [`["a"]`, "v = [v, v]; String(v); JSON.stringify(v);"],
    [`["a"]`, "v = [v, v]; str(v); json.dumps(v)"],
    40,
  ),
  growing("shared-flat", [`["a"]`, "v = [v, v].flat(Infinity);"], [`["a"]`, "v = [*v, *list(v)]"]),
  growing(
    "object-spread",
    [`{ a: 1 }`, "v = { ...v, [Object.keys(v).join('') + 'a']: v };"],
    [`{"a": 1}`, 'v = {**v, "".join(v.keys()) + "a": v}'],
    40,
  ),
  growing(
    "object-keys",
    [`"k"`, "v = Object.keys({ [v + v]: 1 })[0];"],
    [`"k"`, "v = list({v + v: 1}.keys())[0]"],
  ),
  growing("number", ["10", "v = v ** v;"], ["10", "v = v ** v"]),
  growing("big-number", ["10n", "v = v ** 10n;"], ["10", "v = v * v"], 40),
  growing(
    "undecided",
    [`"a"`, "v = process.env.A ? v + v : v + 'b';"],
    [`"a"`, 'v = v + v if __import__("os").environ.get("A") else v + "b"'],
  ),
  growing(
    "undecided-list",
    [`["a"]`, "if (process.env.A) v.push(...v); else v.push('b', ...v);"],
    [`["a"]`, 'v = v + v if json.loads(x) else v + ["b"] + v'],
  ),
  growing("upper", [`"ß"`, "v = (v + v).toUpperCase();"], [`"ß"`, "v = (v + v).upper()"]),
  growing(
    "path",
    [`"a"`, "v = require('path').join(v, v);"],
    [`"a"`, 'v = __import__("os").path.join(v, v)'],
  ),
];

const leaps: readonly CodeBomb[] = [
  {
    name: "repeat",
    typescript: [
      'const v = "ab".repeat(2 ** 28);',
      'const w = "ab".padStart(2 ** 29, v);',
      "const x = [v, w].join(v);",
    ],
    python: ['v = "ab" * 2 ** 28', 'w = "ab".ljust(2 ** 29)', "x = [v] * 2 ** 30"],
  },
  {
    name: "list-of-length",
    typescript: [
      "const v = new Array(2 ** 31).fill('x');",
      "const w = Array.from({ length: 2 ** 31 }, (_, i) => i);",
      "const x = [...Array(1e9).keys()];",
    ],
    python: [
      "v = list(range(2 ** 31))",
      "w = [str(i) for i in range(10 ** 9)]",
      "x = ['x'] * 10 ** 9",
    ],
  },
  {
    name: "endless-loop",
    typescript: ['let v = "a";', "while (true) { v = v.toUpperCase() + v; }"],
    python: ['v = "a"', "while True: v = v.upper() + v"],
  },
  {
    name: "endless-list",
    typescript: ["const v: any[] = ['a'];", "for (const x of v) v.push(x, ...v);"],
    python: ["v = ['a']", "for x in v: v.extend(v)"],
  },
  {
    name: "counted-loop",
    typescript: ['let v = "a";', "for (let i = 0; i < 1e9; i++) { v += v; }"],
    python: ['v = "a"', "for i in range(10 ** 9): v += v"],
  },
  {
    name: "recursive-text",
    typescript: ["const f = (n: number): string => f(n - 1) + f(n - 1);", "const v = f(50);"],
    python: ["def f(n): return f(n - 1) + f(n - 1)", "v = f(50)"],
  },
  {
    name: "recursive-decided",
    typescript: [
      "const f = (n: number): string => n === 0 ? 'ab' : f(n - 1) + f(n - 1);",
      "const v = f(40);",
    ],
    python: ["def f(n): return 'ab' if n == 0 else f(n - 1) + f(n - 1)", "v = f(40)"],
  },
  {
    name: "callback-per-element",
    typescript: [
      "let v: any[] = ['a', 'b'];",
      ...times(14, "v = [...v, ...v];"),
      "v.forEach((x) => v.forEach((y) => v.map((z) => x + y + z)));",
    ],
    python: [
      "v = ['a', 'b']",
      ...times(14, "v = [*v, *v]"),
      "w = [x + y + z for x in v for y in v for z in v]",
    ],
  },
  {
    name: "self-containing",
    typescript: [
      "const v: any = {};",
      "v.v = v; v.list = [v, v];",
      "const w = JSON.stringify(v) + String(v.list) + `${v.list}`;",
      "const x = { ...v, ...v.v.v };",
    ],
    python: [
      "v = {}",
      "v['v'] = v; v['list'] = [v, v]",
      "w = json.dumps(v) + str(v['list']) + f\"{v['list']}\"",
      "x = {**v, **v['v']['v']}",
    ],
  },
  {
    name: "many-branches",
    typescript: [
      "const v: any[] = [];",
      ...Array.from({ length: 60 }, (_, i) => `if (process.env.A${i}) v.push("a${i}", ...v);`),
    ],
    python: [
      "v = []",
      ...Array.from({ length: 60 }, (_, i) => `v += ["a${i}", *v] if open("a${i}") else v`),
    ],
  },
  {
    name: "many-alternatives",
    typescript: [
      ...Array.from(
        { length: 40 },
        (_, i) => `const a${i} = process.env.X${i} ? "a${i}" : "b${i}";`,
      ),
      `const v = ${Array.from({ length: 40 }, (_, i) => `a${i}`).join(" + ")};`,
    ],
    python: [
      ...Array.from({ length: 40 }, (_, i) => `a${i} = "a${i}" if open("x") else "b${i}"`),
      `v = ${Array.from({ length: 40 }, (_, i) => `a${i}`).join(" + ")}`,
    ],
  },
  {
    name: "proxy-and-getter",
    typescript: [
      "const v: any = { get a() { return this.a + this.a; } };",
      "const w = v.a; class L { get length() { return 2 ** 40; } }",
      "const x = Array.from(new L() as any);",
    ],
    python: ["class L:", "    def __len__(self): return 2 ** 40", "x = list(L()) * len(L())"],
  },
];

/** Values of which only a part is known, and library values that are called on and on. */
const unseen: readonly CodeBomb[] = [
  growing("unseen-plus", ["process.env.A", "v = v + v;"], ["json.loads(x)", "v = v + v"]),
  growing(
    "unseen-template",
    ["process.env.A", "v = `${v}/${v}`;"],
    ["json.loads(x)", 'v = f"{v}/{v}"'],
  ),
  growing(
    "unseen-join",
    ["process.env.A", "v = [v, 'a', v].join('');"],
    ["json.loads(x)", "v = '/'.join([v, 'a', v])"],
  ),
  growing("library-chain", ["cdk.App", "v = v.a.b();"], ["cdk.App", "v = v.a.b()"], 4000),
  growing(
    "library-text",
    ["cdk.Aws.REGION", "v = `${v}-${v}`;"],
    ["cdk.Aws.REGION", 'v = f"{v}-{v}"'],
  ),
  growing(
    "library-arguments",
    ["new cdk.App()", "v = new cdk.Stack(v, 'a', { v, w: v });"],
    ["cdk.App()", "v = cdk.Stack(v, 'a', v=v, w=v)"],
    300,
  ),
];

/** What has grown is given to constructs and sent as an answer. */
function used(bombs: readonly CodeBomb[]): HostileWorkspace[] {
  return bombs.flatMap(({ name, ...bomb }) =>
    languages.flatMap((language) => {
      const python = language === "python";
      const construct = python
        ? [
            "apigwv2.HttpApi(self, 'Used', api_name=v, description=str(v), cors_preflight=v)",
            "lambda_.Function(self, 'F2', handler=v, code=v, environment=v)",
          ]
        : [
            "new apigwv2.HttpApi(this, 'Used', { apiName: v, corsPreflight: v, ...v });",
            "new lambda.Function(this, 'F2', { handler: v, code: v, environment: v, runtime: v });",
          ];
      const answer = python
        ? ["if event.get('x'): return {'statusCode': v, 'headers': v, 'body': v}"]
        : ["if (event.x) return { statusCode: v, headers: v, body: v, ...v };"];
      return [
        { place: "constructor" as const, more: construct },
        { place: "handler" as const, more: answer },
      ].map(({ place, more }) => ({
        name: `used/${name}/${place}/${language}`,
        files: planted(language, place, [...bomb[language], ...more]),
        planted: plantedIn(language),
      }));
    }),
  );
}

/** Growth in the module, the constructor and the handler, in both languages. */
export const growthWorkspaces: readonly HostileWorkspace[] = [
  ...everywhere("growth", [...steps, ...leaps, ...unseen]),
  ...used([...steps, ...unseen]),
];
