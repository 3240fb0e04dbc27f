/** Code and data that nest or chain deeper than a stack is. */
import {
  filesOf,
  handler,
  type HostileLanguage,
  type HostileWorkspace,
  languages,
  planted,
  plantedIn,
  stack,
} from "./workspace";

const deep = 20_000;

const nest = (open: string, inner: string, close: string, count = deep): string =>
  open.repeat(count) + inner + close.repeat(count);

/** Expressions, by language. */
const expressions: Readonly<Record<string, Readonly<Record<HostileLanguage, string>>>> = {
  lists: { typescript: nest("[", "1", "]"), python: nest("[", "1", "]") },
  objects: { typescript: nest("{a:", "1", "}"), python: nest('{"a":', "1", "}") },
  parentheses: { typescript: nest("(", "1", ")"), python: nest("(", "1", ")") },
  calls: { typescript: nest("String(", "1", ")"), python: nest("str(", "1", ")") },
  sum: { typescript: `"a"${' + "a"'.repeat(deep)}`, python: `"a"${' + "a"'.repeat(deep)}` },
  members: { typescript: `process${".env".repeat(deep)}`, python: `json${".a".repeat(deep)}` },
  indexes: { typescript: `process${'["a"]'.repeat(deep)}`, python: `json${'["a"]'.repeat(deep)}` },
  chain: { typescript: `"a"${".trim()".repeat(deep)}`, python: `"a"${".strip()".repeat(deep)}` },
  ternaries: {
    typescript: `${"process.env.A ? 1 : ".repeat(deep)}2`,
    python: `${"1 if json.x else ".repeat(deep)}2`,
  },
  nots: { typescript: `${"!".repeat(deep)}1`, python: `${"not ".repeat(deep)}1` },
  functions: { typescript: `${"() => ".repeat(deep)}1`, python: `${"lambda: ".repeat(deep)}1` },
  templates: { typescript: nest("`${", "1", "}`", 5000), python: nest('f"{', "1", '}"', 5000) },
  ors: {
    typescript: `process.env.A${" || process.env.A".repeat(deep)}`,
    python: `json.x${" or json.x".repeat(deep)}`,
  },
  awaits: {
    typescript: nest("Promise.resolve(", "1", ")", 3000),
    python: nest("[x for x in ", "[]", "]", 3000),
  },
  open: { typescript: "[".repeat(deep), python: "[".repeat(deep) },
};

function nested(): HostileWorkspace[] {
  return Object.entries(expressions).flatMap(([name, by]) =>
    languages.flatMap((language) => [
      {
        name: `depth/${name}/handler/${language}`,
        files: {
          ...planted(language),
          [`lambda/deep.${language === "python" ? "py" : "ts"}`]:
            language === "python"
              ? `import json\n# statusCode\nv = ${by.python}\n`
              : `// statusCode\nexport const v = ${by.typescript};\n`,
          [filesOf(language).handler]:
            language === "python"
              ? `from deep import v\n${handler(language, ["w = v"])}`
              : `import { v } from "./deep";\n${handler(language, ["const w = v;"])}`,
        },
        planted: plantedIn(language),
      },
    ]),
  );
}

/** Blocks in blocks. */
function blocks(): HostileWorkspace[] {
  const typescript: Readonly<Record<string, string>> = {
    ifs: `function f(x: any) { ${nest("if (x) {", "x++;", "}", 3000)} }`,
    "functions-in-functions": nest("function f() {", "return 1;", "}", 3000),
    classes: nest("class A { f() { return ", "1", "}}", 2000),
    tries: nest("try {", "f();", "} catch {}", 3000),
    loops: nest("for (const x of y) {", "f();", "}", 3000),
    "else-ifs": `if (a) {}${" else if (a) { f(); }".repeat(deep)}`,
    "long-switch": `switch (process.env.A) {${Array.from({ length: deep }, (_, i) => ` case "${String(i)}": f();`).join("")} }`,
  };
  const levels = Array.from({ length: 400 }, (_, i) => " ".repeat(i));
  const python: Readonly<Record<string, string>> = {
    ifs: [...levels.map((blank) => `${blank}if x:`), `${" ".repeat(400)}f()`].join("\n"),
    "functions-in-functions": [
      ...levels.map((blank) => `${blank}def f():`),
      `${" ".repeat(400)}return 1`,
    ].join("\n"),
    classes: [...levels.map((blank) => `${blank}class A:`), `${" ".repeat(400)}x = 1`].join("\n"),
    loops: [...levels.map((blank) => `${blank}for x in y:`), `${" ".repeat(400)}f()`].join("\n"),
    "else-ifs": `if a:\n  f()\n${"elif a:\n  f()\n".repeat(deep)}`,
    "long-match": `match x:\n${Array.from({ length: 3000 }, (_, i) => `  case "${String(i)}":\n    f()\n`).join("")}`,
  };
  const files = (language: HostileLanguage, code: string): Record<string, string> => ({
    ...planted(language),
    [language === "python" ? "lambda/deep.py" : "lambda/deep.ts"]:
      language === "python" ? `# statusCode\n${code}\n` : `// statusCode\nexport {};\n${code}\n`,
  });
  const of = (language: HostileLanguage, all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([name, code]) => ({
      name: `depth/${name}/block/${language}`,
      files: files(language, code),
      planted: plantedIn(language),
    }));
  return [...of("typescript", typescript), ...of("python", python)];
}

/** JSON that is read by an import or `json.load`. */
function data(): HostileWorkspace[] {
  const texts: Readonly<Record<string, string>> = {
    "json-nested": nest("[", "1", "]", 150_000),
    "json-objects": nest('{"a":', "1", "}", 100_000),
    "json-wide": `[${"1,".repeat(400_000)}1]`,
    "json-keys": `{${Array.from({ length: 50_000 }, (_, i) => `"key${String(i)}":"${String(i)}"`).join(",")}}`,
    "json-proto":
      '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"length":-1}',
  };
  return Object.entries(texts).flatMap(([name, text]) =>
    languages.map((language) => ({
      name: `depth/${name}/data/${language}`,
      files: {
        ...planted(language),
        "data.json": text,
        [filesOf(language).stack]:
          language === "typescript"
            ? `import data from "./data.json";\n${stack(language, { inside: ["const all = { ...data, list: [data, data], text: JSON.stringify(data) };", "for (const each of Object.values(data)) { String(each); }"] })}`
            : stack(language, {
                inside: [
                  "with open('data.json') as f:",
                  "    data = json.load(f)",
                  "all = [data, data, json.dumps(data), str(data)]",
                  "for each in data: str(each)",
                ],
              }),
      },
      planted: plantedIn(language),
    })),
  );
}

/** Modules that import one another in a long chain, in cycles, and classes that inherit from themselves. */
function modules(): HostileWorkspace[] {
  const count = 1500;
  const chain = (language: HostileLanguage, last: string): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => {
        const next = i + 1 === count ? last : String(i + 1);
        return language === "typescript"
          ? [
              `lambda/m${String(i)}.ts`,
              `// statusCode\nimport { v as w } from "./m${next}";\nexport const v = [w, w];\n`,
            ]
          : [`lambda/m${String(i)}.py`, `# statusCode\nfrom m${next} import v as w\nv = [w, w]\n`];
      }),
    );
  const cycle = languages.map((language) => ({
    name: `depth/import-cycle/modules/${language}`,
    files: {
      ...planted(language, "handler", [language === "typescript" ? "const x = v;" : "x = v"]),
      ...chain(language, "0"),
      [filesOf(language).handler]:
        (language === "typescript" ? `import { v } from "./m0";\n` : "from m0 import v\n") +
        handler(language, [language === "typescript" ? "const x = v;" : "x = v"]),
    },
    planted: plantedIn(language),
  }));
  const classes = languages.map((language) => ({
    name: `depth/class-cycle/module/${language}`,
    files: planted(
      language,
      "module",
      language === "typescript"
        ? [
            "class A extends B { a = new B(); }",
            "class B extends A { b = new A(); }",
            "new A();",
            "class C extends C {}",
            "new C();",
          ]
        : [
            "class A(B):",
            "    def __init__(self): self.b = B()",
            "class B(A):",
            "    def __init__(self): self.a = A()",
            "A()",
            "class C(C): pass",
            "C()",
          ],
    ),
    planted: plantedIn(language),
  }));
  return [...cycle, ...classes];
}

/** A function of very many statements, and very many functions. */
function long(): HostileWorkspace[] {
  return languages.flatMap((language) => {
    const ts = language === "typescript";
    const lines = Array.from({ length: 8000 }, (_, i) =>
      ts
        ? `const x${String(i)} = process.env.X${String(i)} ? 1 : 2;`
        : `x${String(i)} = 1 if json.x${String(i)} else 2`,
    );
    const functions = Array.from({ length: 6000 }, (_, i) =>
      ts
        ? `export function f${String(i)}(a: any) { return f${String((i + 1) % 6000)}(a) + f${String((i * 7) % 6000)}(a); }`
        : `def f${String(i)}(a): return f${String((i + 1) % 6000)}(a) + f${String((i * 7) % 6000)}(a)`,
    );
    return [
      {
        name: `depth/many-statements/handler/${language}`,
        files: planted(language, "handler", lines),
        planted: plantedIn(language),
      },
      {
        name: `depth/many-functions/module/${language}`,
        files: planted(language, "module", [...functions, ts ? "f0(1);" : "f0(1)"]),
        planted: plantedIn(language),
      },
      {
        name: `depth/many-branches/handler/${language}`,
        files: planted(
          language,
          "handler",
          Array.from({ length: 300 }, (_, i) =>
            ts
              ? `if (event.q${String(i)}) { event.x = ${String(i)}; }`
              : `if event["q${String(i)}"]: event["x"] = ${String(i)}`,
          ),
        ),
        planted: plantedIn(language),
      },
    ];
  });
}

export const depthWorkspaces: readonly HostileWorkspace[] = [
  ...nested(),
  ...blocks(),
  ...data(),
  ...modules(),
  ...long(),
];
