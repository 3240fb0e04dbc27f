/** What an independent attempt to break the check tried: constructs of the languages, names, and texts in odd places. */
import {
  type CodeBomb,
  everywhere,
  filesOf,
  handler,
  type HostileLanguage,
  type HostileWorkspace,
  languages,
  planted,
  plantedIn,
  stack,
  times,
} from "./workspace";

const numbered = (count: number, line: (i: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, i) => line(i));

/** One attempt in both languages. */
const attempt = (
  name: string,
  typescript: readonly string[],
  python: readonly string[],
): CodeBomb => ({ name, typescript, python });

/** Functions, classes and generators that call on without an end, or fork with each call. */
const callers: readonly CodeBomb[] = [
  attempt(
    "mutual-recursion",
    [
      "const f = (n: any): any => g(n) + g(n);",
      "const g = (n: any): any => f(n) + f(n);",
      "const v = f(1);",
    ],
    ["f = lambda n: g(n) + g(n)", "g = lambda n: f(n) + f(n)", "v = f(1)"],
  ),
  attempt(
    "callback-recursion",
    ["const f = (g: any): any => [1, 2, 3].map(() => g(f)(g));", "const v = f((x: any) => x);"],
    ["f = lambda g: [g(f)(g) for _ in (1, 2, 3)]", "v = f(lambda x: x)"],
  ),
  attempt(
    "y-combinator",
    [
      "const y = (f: any): any => ((x: any) => f((n: any) => x(x)(n)))((x: any) => f((n: any) => x(x)(n)));",
      "const v = y((f: any) => (n: any) => f(n) + f(n))(9);",
    ],
    [
      "y = lambda f: (lambda x: f(lambda n: x(x)(n)))(lambda x: f(lambda n: x(x)(n)))",
      "v = y(lambda f: lambda n: f(n) + f(n))(9)",
    ],
  ),
  attempt(
    "getter-recursion",
    [
      "const v: any = { get a() { return this.b + this.b; }, get b() { return this.a + this.a; } };",
      "const w = v.a;",
    ],
    [
      "class A:",
      "    @property",
      "    def a(self): return self.b + self.b",
      "    @property",
      "    def b(self): return self.a + self.a",
      "w = A().a",
    ],
  ),
  attempt(
    "generators",
    [
      "function* g(n: any): any { yield n; yield* g(n + 1); yield* g(n + 1); }",
      "const v = [...g(0)];",
    ],
    [
      "def g(n):",
      "    yield n",
      "    yield from g(n + 1)",
      "    yield from g(n + 1)",
      "v = list(g(0))",
    ],
  ),
  attempt(
    "endless-generator",
    [
      "function* g() { let i = 0; while (true) yield i++; }",
      "const v = [...g()];",
      "const [a, ...b] = g() as any;",
    ],
    [
      "def g():",
      "    i = 0",
      "    while True:",
      "        yield i",
      "        i += 1",
      "v = list(g())",
      "a, *b = g()",
    ],
  ),
  attempt(
    "iterator-protocol",
    [
      "const v: any = { [Symbol.iterator]() { return this; }, next() { return { value: [...v], done: false }; } };",
      "const w = [...v];",
    ],
    [
      "class I:",
      "    def __iter__(self): return self",
      "    def __next__(self): return list(self)",
      "w = list(I())",
    ],
  ),
  attempt(
    "constructor-recursion",
    ["class A { b: any; constructor() { this.b = [new A(), new A()]; } }", "const v = new A();"],
    ["class A:", "    def __init__(self): self.b = [A(), A()]", "v = A()"],
  ),
  attempt(
    "class-factory",
    [
      "const mix = (B: any): any => class extends B { a() { return mix(B); } };",
      `const v = ${"mix(".repeat(300)}Object${")".repeat(300)};`,
    ],
    [
      "def mix(B):",
      "    class C(B):",
      "        def a(self): return mix(B)",
      "    return C",
      `v = ${"mix(".repeat(80)}object${")".repeat(80)}`,
    ],
  ),
  attempt(
    "decorators",
    [
      "const d = (f: any): any => (...a: any[]) => f(d(f)(...a), d(f)(...a));",
      "const v = d(d(d((x: any, y: any) => x + y)))(1, 2);",
    ],
    [
      "d = lambda f: lambda *a: f(d(f)(*a), d(f)(*a))",
      "@d",
      "@d",
      "@d",
      "def v(x, y): return x + y",
      "w = v(1, 2)",
    ],
  ),
  attempt(
    "arguments-spread",
    ["const f = (...a: any[]): any => a.length > 1e9 ? a : f(...a, ...a);", "const v = f(1, 2);"],
    ["f = lambda *a: a if len(a) > 10 ** 9 else f(*a, *a)", "v = f(1, 2)"],
  ),
  attempt(
    "keyword-spread",
    [
      "const f = (o: any): any => f({ ...o, [`k${Object.keys(o).length}`]: o, o });",
      "const v = f({});",
    ],
    ["f = lambda **o: f(**{**o, 'k' + str(len(o)): o})", "v = f()"],
  ),
  attempt(
    "default-arguments",
    ["const f = (a: any = f(), b: any = f(a)): any => f(b, a);", "const v = f();"],
    ["f = lambda a=None, b=None: f(a or f(), b or f(a))", "v = f()"],
  ),
  attempt(
    "promises",
    [
      "const p = (n: any): any => Promise.all([p(n), p(n)]).then((x: any) => p(x));",
      "const v = p(1);",
    ],
    ["async def p(n): return [await p(n), await p(n)]", "v = p(1)"],
  ),
  attempt(
    "exceptions",
    [
      "const f = (n: any): any => { try { throw f(n); } catch (e) { return f(e); } finally { f(n); } };",
      "const v = f(1);",
    ],
    [
      "def f(n):",
      "    try:",
      "        raise Exception(f(n))",
      "    except Exception as e:",
      "        return f(e)",
      "    finally:",
      "        f(n)",
      "v = f(1)",
    ],
  ),
  attempt(
    "bind-call-apply",
    [
      "const f: any = function (this: any, n: any): any { return f.bind(f).call(this, f.apply(n, [n, n])); };",
      "const v = f(1);",
    ],
    [
      "import functools",
      "f = lambda n: functools.partial(f, n)() + functools.reduce(f, [n, n])",
      "v = f(1)",
    ],
  ),
  attempt(
    "replace-callback",
    ["const f = (t: any): any => t.replace(/a/g, (x: any) => f(x + 'a'));", "const v = f('aaa');"],
    ["f = lambda t: re.sub('a', lambda m: f(m.group() + 'a'), t)", "v = f('aaa')"],
  ),
  attempt(
    "sort-callback",
    [
      "const v = [3, 1, 2].sort((a, b) => [a, b].sort((x, y) => x - y)[0]! - b);",
      "const f = (l: any): any => l.sort(() => f(l));",
      "f(v);",
    ],
    ["f = lambda l: sorted(l, key=lambda x: f(l))", "v = f([3, 1, 2])"],
  ),
  attempt(
    "json-reviver",
    [
      "const f = (t: any): any => JSON.parse(t, (k, x) => f(t));",
      "const v = f('[1,2,3]');",
      "const w = JSON.stringify({ toJSON() { return this; } });",
    ],
    ["f = lambda t: json.loads(t, object_hook=lambda o: f(t))", "v = f('{\"a\": 1}')"],
  ),
  attempt(
    "proxies",
    ["const v: any = new Proxy({}, { get: (t, k) => v[k] });", "const w = v.a + v.b.c;"],
    ["class P:", "    def __getattr__(self, k): return getattr(self, k)", "w = P().a"],
  ),
];

/** Literals and expressions of odd sizes and shapes. */
const literals: readonly CodeBomb[] = [
  attempt(
    "huge-list",
    [`const v = [${"1,".repeat(60_000)}];`, "const w = [...v, ...v];"],
    [`v = [${"1,".repeat(60_000)}]`, "w = v + v"],
  ),
  attempt(
    "huge-object",
    [
      `const v = { ${numbered(20_000, (i) => `k${i}: ${i}`).join(", ")} };`,
      "const w = { ...v, ...v };",
    ],
    [`v = {${numbered(20_000, (i) => `"k${i}": ${i}`).join(", ")}}`, "w = {**v, **v}"],
  ),
  attempt(
    "huge-text",
    [`const v = "${"a".repeat(400_000)}";`, "const w = v.split('a').join(v);"],
    [`v = "${"a".repeat(400_000)}"`, "w = v.join(v.split('a'))"],
  ),
  attempt(
    "huge-number",
    [`const v = ${"9".repeat(5000)}n ** ${"9".repeat(500)}n;`, "const w = 1e308 * 10 + 0 / 0;"],
    [`v = ${"9".repeat(4000)} ** ${"9".repeat(400)}`, "w = 1e308 * 10"],
  ),
  attempt(
    "shifts",
    ["const v = 1n << 999999999999n;", "const w = 'a'.repeat(1 / 0);", "const x = new Array(-1);"],
    ["v = 1 << 999999999999", "w = 'a' * (1 << 99)", "x = [0] * -1"],
  ),
  attempt(
    "proto-keys",
    [
      "const v: any = { __proto__: { a: 1 }, constructor: 1, toString: 2, hasOwnProperty: 3 };",
      "v.__proto__.polluted = 'yes'; v['__proto__'] = v; v.constructor.prototype = v;",
      "const w = { ...v, ...v.__proto__ };",
    ],
    [
      "v = {'__proto__': {'a': 1}, 'constructor': 1, '__class__': 2}",
      "v['__proto__']['polluted'] = 'yes'; v['__proto__'] = v",
      "w = {**v}; w.__dict__ = v; w.__class__ = v",
    ],
  ),
  attempt(
    "odd-names",
    [
      "const __proto__ = 1, constructor = 2, hasOwnProperty = 3, \\u{61}b = 4, ünï = 5;",
      "const v = { [Symbol.iterator]: 1, '': 2, [`${1}`]: 3 };",
    ],
    [
      "__proto__ = 1; constructor = 2; hasOwnProperty = 3; ünï = 5",
      "v = {'': 1, None: 2, (1, 2): 3, 1.5: 4}",
    ],
  ),
  attempt(
    "comprehensions",
    [
      "const r = [...Array(300).keys()];",
      "const v = r.flatMap((a) => r.flatMap((b) => r.flatMap((c) => r.map((d) => a + b + c + d))));",
    ],
    [
      "r = range(300)",
      "v = [a + b + c + d for a in r for b in r for c in r for d in r]",
      "w = {a: {b: {c for c in r} for b in r} for a in r}",
    ],
  ),
  attempt(
    "formats",
    [
      "const v = `${`${`${'a'.padEnd(1e9)}`.padStart(1e9)}`.repeat(1e9)}`;",
      "const w = (1e21).toFixed(100) + (1).toString(2).padStart(2 ** 30, '0');",
    ],
    [
      "v = f\"{'a':>{10 ** 9}}\" + '{:>1000000000}'.format('a') + '%1000000000s' % 'a'",
      "w = 'a'.center(10 ** 9).zfill(10 ** 9).expandtabs(10 ** 9)",
    ],
  ),
  attempt(
    "encodings",
    [
      "const v = Buffer.alloc(2 ** 33).toString('hex');",
      "const w = btoa('a'.repeat(1e9)) + decodeURIComponent('%E0%A4%A');",
    ],
    ["v = bytes(2 ** 33).hex()", "w = ('a' * 10 ** 9).encode('utf-16').decode('punycode')"],
  ),
  attempt(
    "regular-expressions",
    [
      "const v = /^(a+)+$/.test('a'.repeat(50) + 'b');",
      "const w = 'a'.repeat(50).match(/(.*)*(.*)*(.*)*x/);",
      "const x = new RegExp('('.repeat(5000) + ')'.repeat(5000));",
    ],
    [
      "v = re.match('^(a+)+$', 'a' * 50 + 'b')",
      "w = re.findall('(.*)*(.*)*(.*)*x', 'a' * 50)",
      "x = re.compile('(' * 5000 + ')' * 5000)",
    ],
  ),
  attempt(
    "broken-expressions",
    [
      "const v = new RegExp('[') , w = /(?<n>a)\\k<n>(?!b)/u, x = new RegExp('\\\\');",
      "'a'.replace(new RegExp('(?'), '$&$1$<n>');",
    ],
    [
      "v = re.compile('[')",
      "w = re.sub('(?P<n>a)(?P=n)', r'\\g<n>\\1\\9', 'aa')",
      "x = re.compile('(?P<')",
    ],
  ),
  attempt(
    "destructuring",
    [
      `const ${"[".repeat(60)}a${"]".repeat(60)} = ${"[".repeat(60)}1${"]".repeat(60)} as any;`,
      "const { a: { b: { c: [d, ...e] = [] } = {} as any } = {} as any, ...f } = process.env as any;",
      "let g: any = []; [g[0], g[1]] = [g, g]; [g] = g;",
    ],
    [
      `${"[".repeat(60)}a${"]".repeat(60)} = ${"[".repeat(60)}1${"]".repeat(60)}`,
      "(b, *c), d = [[1, 2, 3], 4]",
      "g = [0, 0]; g[0], g[1] = g, g; g, *h = g",
    ],
  ),
  attempt(
    "assignment-chain",
    [
      `let ${numbered(300, (i) => `a${i}: any`).join(", ")};`,
      `${numbered(300, (i) => `a${i} = `).join("")}[];`,
      ...numbered(299, (i) => `a${i}.push(a${i + 1});`),
    ],
    [
      `${numbered(300, (i) => `a${i} = `).join("")}[]`,
      ...numbered(299, (i) => `a${i}.append(a${i + 1})`),
    ],
  ),
  attempt(
    "delete-while-looping",
    [
      "const v: any = { a: 1, b: 2 };",
      "for (const k in v) { delete v[k]; v[k + k] = v; }",
      "for (const k of Object.keys(v)) v[k] = v;",
    ],
    ["v = {'a': 1, 'b': 2}", "for k in list(v): del v[k]; v[k + k] = v"],
  ),
  attempt(
    "labels",
    ["a: for (const x of [1, 2]) { b: for (;;) { if (process.env.A) break a; continue a; } }"],
    [
      "while json.x:",
      "    while json.y:",
      "        if json.z: break",
      "        continue",
      "    else: break",
    ],
  ),
  attempt(
    "switch",
    [
      `switch (process.env.A) { ${numbered(400, (i) => `case "${i}": var s${i} = ${i};`).join(" ")} default: }`,
    ],
    ["match json.x:", ...numbered(200, (i) => `    case "${i}": s${i} = ${i}`), "    case _: pass"],
  ),
  attempt(
    "walrus-and-comma",
    [`const v = (${"1, ".repeat(5000)}2);`, "let w: any; w ??= w ||= w &&= w?.[w]?.(w)!;"],
    ["v = (w := (x := [y for y in (z := [1, 2])]))", `u = (${"1, ".repeat(5000)}2)`],
  ),
  attempt(
    "tagged-templates",
    ["const t = (s: any, ...v: any[]): any => t`${s}${v}${t}`;", "const v = t`a${t`b${t`c`}`}`;"],
    ["t = lambda *v: t(*v, *v)", "v = t(f'{t}', f'{t!r:>{99}}')"],
  ),
  attempt(
    "aliases",
    [
      "const v: any = cdk; const w = v.v = v; w.App = class extends w.App {};",
      "const { App, ...rest } = cdk as any; new rest.Stack();",
    ],
    [
      "v = cdk; v.v = v; w = getattr(cdk, 'A' + 'pp')",
      "globals()['cdk2'] = cdk; vars()['x'] = locals",
    ],
  ),
  attempt(
    "dynamic-code",
    [
      "eval('process.exit(1)'); new Function('return process')().exit(1);",
      "setTimeout('process.exit(1)'); require('child_process').execSync('touch /tmp/pwned');",
      "import('./' + process.env.A);",
    ],
    [
      "eval('exit(1)'); exec('import os; os._exit(1)')",
      "__import__('os').system('touch /tmp/pwned'); compile('1', '', 'exec')",
    ],
  ),
  attempt(
    "environment",
    [
      "process.env = new Proxy(process.env, {}); process.exit(1); process.abort();",
      "globalThis.process = undefined as any; Object.prototype.toString = null as any;",
    ],
    [
      "import sys, os; os.environ.clear(); sys.modules.clear()",
      "sys.setrecursionlimit(10 ** 9); sys.exit(1) if json.x else None",
    ],
  ),
  attempt(
    "many-conditions",
    [
      `const v: any = {};`,
      ...numbered(
        200,
        (i) =>
          `if (process.env.A${i} && (process.env.B${i} || !process.env.C${i})) v.k${i} = v; else v.j${i} = [v];`,
      ),
    ],
    [
      "v = {}",
      ...numbered(
        200,
        (i) => `v['k${i}'] = v if json.a${i} and (json.b${i} or not json.c${i}) else [v]`,
      ),
    ],
  ),
  attempt(
    "same-condition",
    times(
      120,
      "if (process.env.A === process.env.B || process.env.A! > '1') process.env.C = process.env.A;",
    ),
    times(120, "x = json.a if json.a == json.b or json.a > '1' else json.c"),
  ),
  attempt(
    "unicode",
    [
      "const v = '\\u{10ffff}\\ud800 \u202e\u2028\u2029 \ufeff' + '👩‍👩‍👧‍👦'.repeat(5000);",
      "const w = v.normalize('NFKD').split('').reverse().join('').toLocaleUpperCase();",
    ],
    [
      "v = '\\U0010ffff\\ud800 \u202e\u2028\u2029 \ufeff' + '👩‍👩‍👧‍👦' * 5000",
      "w = v[::-1].casefold().title().swapcase()",
    ],
  ),
];

/** Texts that go wrong where they are printed, as names of constructs and handlers' headers. */
const printed: readonly string[] = [
  "\\u001b[2J\\u001b]0;title\\u0007\\u001b[31m",
  "</script><img src=x onerror=alert(1)>",
  "[x](command:workbench.action.quit) ![](https://evil.test/x.png)",
  "`` ` ``` \\n```\\n# heading\\n::error file=a::b%0A",
  "| a | b |\\n|---|---|\\n<details>",
  "%{}|~graph TD; A-->B; click A call x()",
  "\\u202egnp.exe\\u2066",
  "${process.exit(1)} {{constructor.constructor('x')()}} $(id) `id`",
];

function names(): HostileWorkspace[] {
  return printed.flatMap((text, i) =>
    languages.map((language) => ({
      name: `attempt/printed-${String(i)}/constructor/${language}`,
      files: planted(
        language,
        "constructor",
        language === "python"
          ? [
              `apigwv2.HttpApi(self, "${text}", api_name="${text}", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=["${text}", "*", "https://a.com/"]))`,
            ]
          : [
              `new apigwv2.HttpApi(this, "${text.replaceAll("${", "\\${")}", { corsPreflight: { allowOrigins: ["${text}", "*", "https://a.com/"] } });`,
            ],
      ),
      planted: plantedIn(language),
    })),
  );
}

/** The planted files in other encodings and line ends, beside what is no code. */
function bytes(): HostileWorkspace[] {
  const change = (
    name: string,
    of: (text: string, language: HostileLanguage) => string | Uint8Array,
  ): HostileWorkspace[] =>
    languages.map((language) => ({
      name: `attempt/${name}/file/${language}`,
      files: Object.fromEntries(
        Object.entries(planted(language)).map(([file, text]) => [
          file,
          file.endsWith(".json") ? text : of(text, language),
        ]),
      ),
      planted: plantedIn(language),
    }));
  const comment = (language: HostileLanguage): string => (language === "python" ? "#" : "//");
  return [
    ...change("byte-order-mark", (text) => `\ufeff${text}`),
    ...change("carriage-returns", (text) => text.replaceAll("\n", "\r\n")),
    ...change(
      "long-comment",
      (text, language) => `${comment(language)} ${"x".repeat(90_000)}\n${text}`,
    ),
    ...change(
      "many-comments",
      (text, language) => `${`${comment(language)} cors-lens-disable-line\n`.repeat(4000)}${text}`,
    ),
    ...change("blank-lines", (text) => `${"\n".repeat(50_000)}${text}${"\n".repeat(50_000)}`),
    ...change("no-last-line-end", (text) => text.trimEnd()),
    ...change(
      "strange-comment",
      (text, language) => `${comment(language)} \u202e\u001b[2J \ud83d\n${text}`,
    ),
  ];
}

/** Files beside the application that are read for what they say about it. */
function beside(): HostileWorkspace[] {
  const deepJson = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
  const files: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "deep-package": { "package.json": deepJson },
    "deep-tsconfig": { "tsconfig.json": deepJson },
    "tsconfig-cycle": {
      "tsconfig.json": '{"extends":"./a.json"}',
      "a.json": '{"extends":["./tsconfig.json","./a.json"]}',
    },
    "tsconfig-paths": {
      "tsconfig.json": `{"compilerOptions":{"baseUrl":"../../../..","paths":{${numbered(2000, (i) => `"${"*".repeat(i % 3)}a${i}/*":["../../../etc/*","${"../".repeat(50)}*"]`).join(",")}}}}`,
    },
    "proto-package": {
      "package.json":
        '{"__proto__":{"dependencies":{"express":"4"}},"dependencies":{"__proto__":"1","constructor":"2"},"name":"__proto__","main":"../../../../etc/passwd"}',
    },
    workspaces: { "package.json": `{"workspaces":[${'"**/**/**/*",'.repeat(500)}"../../*"]}` },
    "deep-cdk-context": { "cdk.json": `{"app":"app","context":${deepJson}}` },
    "yaml-aliases": {
      "template.yaml": `a: &a [x,x,x,x]\n${numbered(30, (i) => `b${i}: &b${i} [${`*${i === 0 ? "a" : `b${i - 1}`},`.repeat(9)}]`).join("\n")}\nResources: *b29\n`,
    },
    "yaml-merge": {
      "template.yaml": `x: &x {<<: *x, a: *x}\nResources:\n  A: {Type: "AWS::Serverless::Api", Properties: {<<: [*x, *x], Cors: *x}}\n`,
    },
    "yaml-deep": { "template.yaml": `Resources: ${"[".repeat(9000)}${"]".repeat(9000)}\n` },
    "yaml-tags": {
      "template.yaml": `Resources:\n  A: {Type: AWS::Serverless::Api, Properties: {Cors: !Sub "${"${A.B}".repeat(5000)}", DefinitionBody: !Transform {Name: AWS::Include, Parameters: {Location: file:///etc/passwd}}}}\n`,
    },
    "circular-references": {
      "template.yaml": `Parameters: {P: {Type: String, Default: !Ref P}}\nMappings: {M: {a: {b: !FindInMap [M, a, b]}}}\nResources:\n  A: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP, CorsConfiguration: {AllowOrigins: [!Ref A, !If [C, !Ref P, !GetAtt A.A]]}}}\nConditions: {C: !Not [!Condition C]}\n`,
    },
    "many-templates": Object.fromEntries(
      numbered(150, (i) => `t${i}/template.yaml`).map((name) => [
        name,
        `Transform: AWS::Serverless-2016-10-31\nResources:\n${numbered(40, (i) => `  A${i}: {Type: AWS::Serverless::Api, Properties: {StageName: x, Cors: "'*'"}}\n`).join("")}`,
      ]),
    ),
    "html-page": {
      "web/index.html": `${"<div>".repeat(20_000)}<script>fetch("${"a".repeat(50_000)}")</script>${"<script>".repeat(3000)}`,
    },
    "vue-page": {
      "web/a.vue": `<script setup>${"const a = fetch(import.meta.env.VITE_API_URL + '/x');\n".repeat(2000)}`,
    },
    "many-calls": {
      "web/a.ts": `const api = process.env.API_URL;\n${numbered(1500, (i) => `export const f${i} = (a: any) => fetch(\`\${api}/x\${a}/${i}\`, { credentials: "include", headers: { ["x-" + a]: a } }).then((r) => r.json());`).join("\n")}`,
    },
    "wrapper-cycle": {
      "web/a.ts": `import { b } from "./b";\nexport const a = (u: any, o: any): any => b(u, { ...o, a });\nfetch("/x");`,
      "web/b.ts": `import { a } from "./a";\nexport const b = (u: any, o: any): any => process.env.X ? a(u, o) : fetch(u, o);\nb(process.env.VITE_API_URL + "/x", {});`,
    },
    "env-files": {
      ".env": `VITE_API_URL=\${VITE_API_URL}\${VITE_API_URL}\n${"A=${A}${A}\n".repeat(2000)}`,
      "web/vite.config.ts": `export default { server: { port: ${"1".repeat(400)}, host: "\\u001b[2J", https: process.env, ...(() => { while (true); })() } };`,
    },
    "configuration-comments": { "cors-lens.json": `{ ${"/* */".repeat(20_000)} "rules": {} }` },
    gitignore: {
      ".gitignore": `${"*".repeat(3000)}a\n${"!**/**/**/**/*x\n".repeat(3000)}${"[".repeat(3000)}\n`,
    },
    "imports-of-nothing": {
      "lambda/__init__.py": "from . import *\nfrom .. import *\nfrom ...... import x\n",
      "lambda/index.ts":
        'export * from "."; export * from "./index"; export * from ".."; import "//x"; import "";',
    },
    "export-star-cycle": Object.fromEntries(
      numbered(60, (i) => `lambda/m${i}.ts`).map((name) => [
        name,
        numbered(60, (i) => `export * from "./m${i}";`).join("\n"),
      ]),
    ),
  };
  return Object.entries(files).flatMap(([name, more]) =>
    languages.map((language) => ({
      name: `attempt/${name}/beside/${language}`,
      files: { ...planted(language), ...more },
      planted: plantedIn(language),
    })),
  );
}

/** Handlers and stacks that are written in an odd way around the planted mistake. */
function shapes(): HostileWorkspace[] {
  const { stack: tsStack, handler: tsHandler } = filesOf("typescript");
  const { stack: pyStack, handler: pyHandler } = filesOf("python");
  const branches = numbered(60, (i) => `x${String(i)}`);
  return [
    {
      name: "attempt/many-paths/handler/typescript",
      files: {
        ...planted("typescript"),
        [tsHandler]: handler(
          "typescript",
          branches.map(
            (name) =>
              `if (event.headers["${name}"] === "1" && !event.${name}) event.${name} = [event, event.body];`,
          ),
        ),
      },
      planted: plantedIn("typescript"),
    },
    {
      name: "attempt/many-paths/handler/python",
      files: {
        ...planted("python"),
        [pyHandler]: handler(
          "python",
          branches.map(
            (name) =>
              `if event["headers"].get("${name}") == "1" and not event.get("${name}"): event["${name}"] = [event]`,
          ),
        ),
      },
      planted: plantedIn("python"),
    },
    {
      name: "attempt/many-constructs/constructor/typescript",
      files: {
        ...planted("typescript"),
        [tsStack]: stack("typescript", {
          after: [
            "for (let i = 0; i < 150; i++) { for (let j = 0; j < 150; j++) new apigwv2.HttpApi(this, `A${i}-${j}`, { corsPreflight: { allowOrigins: ['*'] } }); }",
          ],
        }),
      },
      planted: plantedIn("typescript"),
    },
    {
      name: "attempt/many-constructs/constructor/python",
      files: {
        ...planted("python"),
        [pyStack]: stack("python", {
          after: [
            "for i in range(150):",
            "    for j in range(150): apigwv2.HttpApi(self, f'A{i}-{j}', cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=['*']))",
          ],
        }),
      },
      planted: plantedIn("python"),
    },
  ];
}

export const attemptWorkspaces: readonly HostileWorkspace[] = [
  ...everywhere("attempt", [...callers, ...literals]),
  ...names(),
  ...bytes(),
  ...beside(),
  ...shapes(),
];
