/** What is no plain file (devices, pipes, links), what lies outside, and what is only half readable. */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
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

/** Puts something in the place of a file, whatever was there. */
function instead(file: string, make: (file: string) => void) {
  return (folder: string): void => {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    make(target);
  };
}

const special: Readonly<Record<string, (file: string) => void>> = {
  zeros: (file) => symlinkSync("/dev/zero", file),
  pipe: (file) => void execFileSync("mkfifo", [file]),
  memory: (file) => symlinkSync("/proc/self/mem", file),
  itself: (file) => symlinkSync(path.basename(file), file),
};

const places = [
  "package.json",
  "requirements.txt",
  "cors-lens.json",
  "tsconfig.json",
  ".gitignore",
  "package-lock.json",
  "src/more.ts",
  "src/more.py",
  "src/page.html",
  "src/.gitignore",
  "lambda/data.json",
] as const;

function specialFiles(): HostileWorkspace[] {
  return places.flatMap((place) =>
    Object.entries(special).flatMap(([kind, make]) =>
      languages.map((language) => ({
        name: `file/${kind}/${place}/${language}`,
        files: {
          ...planted(language),
          ...(place === "lambda/data.json" ? readsData(language) : {}),
        },
        prepare: instead(place, make),
        planted: plantedIn(language),
      })),
    ),
  );
}

function readsData(language: HostileLanguage): Record<string, string> {
  return {
    [filesOf(language).handler]:
      language === "typescript"
        ? `import data from "./data.json";\n${handler(language, ["const x = data;"])}`
        : handler(language, ["with open('lambda/data.json') as f: x = json.load(f)"]),
  };
}

const secret = "hunter2-s3cret-value";
const secretJson = JSON.stringify({ origin: `https://${secret}.example.com/`, name: secret });
const secretTs = `export const origin = "https://${secret}.example.com/";\nexport default { origin };\n`;
const secretPy = `origin = "https://${secret}.example.com/"\n`;

/** A stack whose second policy takes its origin from elsewhere. */
function reading(language: HostileLanguage, load: readonly string[], value: string): string {
  return stack(language, {
    module: load,
    after:
      language === "typescript"
        ? [
            `new apigwv2.HttpApi(this, "Api2", { corsPreflight: { allowOrigins: [${value}], allowMethods: [apigwv2.CorsHttpMethod.GET] } });`,
          ]
        : [
            `apigwv2.HttpApi(self, "Api2", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=[${value}], allow_methods=[apigwv2.CorsHttpMethod.GET]))`,
          ],
  });
}

interface Leak {
  readonly name: string;
  readonly language: HostileLanguage;
  readonly load: readonly string[];
  readonly value: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly link?: readonly [from: string, to: string];
}

const leaks: readonly Leak[] = [
  {
    name: "json-above",
    language: "typescript",
    load: ['import c from "../../outside/creds.json";'],
    value: "c.origin",
  },
  {
    name: "module-above",
    language: "typescript",
    load: ['import { origin } from "../../outside/creds";'],
    value: "origin",
  },
  {
    name: "require-above",
    language: "typescript",
    load: ['const c = require("../../outside/creds.json");'],
    value: "c.origin",
  },
  {
    name: "read-above",
    language: "typescript",
    load: [
      'import { readFileSync } from "fs";',
      'const c = JSON.parse(readFileSync("../../outside/creds.json", "utf8"));',
    ],
    value: "c.origin",
  },
  {
    name: "read-joined",
    language: "typescript",
    load: [
      'import * as fs from "fs";',
      'import * as path from "path";',
      'const c = JSON.parse(fs.readFileSync(path.join(__dirname, "..", "..", "outside", "creds.json"), "utf8"));',
    ],
    value: "c.origin",
  },
  {
    name: "linked-json",
    language: "typescript",
    load: ['import c from "./linked.json";'],
    value: "c.origin",
    link: ["linked.json", "../../outside/creds.json"],
  },
  {
    name: "linked-module",
    language: "typescript",
    load: ['import { origin } from "./linked";'],
    value: "origin",
    link: ["linked.ts", "../../outside/creds.ts"],
  },
  {
    name: "linked-folder",
    language: "typescript",
    load: ['import { origin } from "./linked/creds";'],
    value: "origin",
    link: ["linked", "../../outside"],
  },
  {
    name: "paths",
    language: "typescript",
    load: ['import { origin } from "@out/creds";'],
    value: "origin",
    files: { "tsconfig.json": '{"compilerOptions":{"paths":{"@out/*":["../../outside/*"]}}}' },
  },
  {
    name: "paths-base",
    language: "typescript",
    load: ['import { origin } from "creds";'],
    value: "origin",
    files: { "tsconfig.json": '{"compilerOptions":{"baseUrl":"../../outside"}}' },
  },
  {
    name: "extends",
    language: "typescript",
    load: ['import { origin } from "@out/creds";'],
    value: "origin",
    files: { "tsconfig.json": '{"extends":"../../outside/tsconfig.json"}' },
  },
  {
    name: "package-main",
    language: "typescript",
    load: ['import { origin } from "evil";'],
    value: "origin",
    files: { "evil/package.json": '{"name":"evil","main":"../../../outside/creds.ts"}' },
  },
  {
    name: "package-types",
    language: "typescript",
    load: ['import { origin } from "evil/creds";'],
    value: "origin",
    files: {
      "evil/package.json": '{"name":"evil","exports":{"./creds":"../../../outside/creds.ts"}}',
    },
  },
  {
    name: "module-above",
    language: "python",
    load: ["import sys", 'sys.path.insert(0, "../../outside")', "from creds import origin"],
    value: "origin",
  },
  {
    name: "relative-above",
    language: "python",
    load: ["from ...outside.creds import origin"],
    value: "origin",
  },
  {
    name: "json-above",
    language: "python",
    load: ['c = json.load(open("../../outside/creds.json"))'],
    value: 'c["origin"]',
  },
  {
    name: "path-read",
    language: "python",
    load: [
      "from pathlib import Path",
      'c = json.loads((Path(__file__).parent / ".." / ".." / "outside" / "creds.json").read_text())',
    ],
    value: 'c["origin"]',
  },
  {
    name: "linked-json",
    language: "python",
    load: ['c = json.load(open("linked.json"))'],
    value: 'c["origin"]',
    link: ["linked.json", "../../outside/creds.json"],
  },
  {
    name: "linked-module",
    language: "python",
    load: ["from linked import origin"],
    value: "origin",
    link: ["linked.py", "../../outside/creds.py"],
  },
  {
    name: "linked-folder",
    language: "python",
    load: ["from linked.creds import origin"],
    value: "origin",
    link: ["linked", "../../outside"],
  },
];

function leaking(): HostileWorkspace[] {
  return leaks.map(({ name, language, load, value, files = {}, link }) => ({
    name: `leak/${name}/stack/${language}`,
    files: {
      ...planted(language),
      ...files,
      [filesOf(language).stack]: reading(language, load, value),
      "../../outside/creds.json": secretJson,
      "../../outside/creds.ts": secretTs,
      "../../outside/creds.py": secretPy,
      "../../outside/tsconfig.json": '{"compilerOptions":{"paths":{"@out/*":["./*"]}}}',
    },
    ...(link ? { prepare: instead(link[0], (file) => symlinkSync(link[1], file)) } : {}),
    planted: plantedIn(language),
    secret,
  }));
}

/** The code of a function, or an asset, lies outside. */
function outsideCode(): HostileWorkspace[] {
  return languages.map((language) => {
    const typescript = language === "typescript";
    const { stack: file } = filesOf(language);
    return {
      name: `leak/asset-above/stack/${language}`,
      files: {
        ...planted(language),
        [file]: stack(language, {
          after: typescript
            ? [
                `const out = new lambda.Function(this, "Out", { runtime: lambda.Runtime.NODEJS_22_X, handler: "index.handler", code: lambda.Code.fromAsset("../../outside") });`,
                "out.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });",
              ]
            : [
                `out = lambda_.Function(self, "Out", runtime=lambda_.Runtime.PYTHON_3_13, handler="index.handler", code=lambda_.Code.from_asset("../../outside"))`,
                "out.add_function_url(auth_type=lambda_.FunctionUrlAuthType.NONE)",
              ],
        }),
        "../../outside/index.ts": `export const handler = async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "https://${secret}.example.com/" }, body: "" });\n`,
        "../../outside/index.py": `def handler(event, context):\n    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://${secret}.example.com/"}, "body": ""}\n`,
      },
      planted: plantedIn(language),
      secret,
    };
  });
}

/** A part of a stack that cannot be read is told; the rest is judged. */
function half(): HostileWorkspace[] {
  return languages.flatMap((language) => {
    const { stack: file } = filesOf(language);
    const typescript = language === "typescript";
    const comment = typescript ? "//" : "#";
    const broken = typescript
      ? {
          "unclosed-function": "function broken( {",
          "stray-bracket": "const x = ];",
          conflict: "<<<<<<< HEAD\nconst y = 1;\n=======\nconst y = 2;\n>>>>>>> other",
        }
      : {
          "unclosed-function": "def broken(:\n    pass",
          "stray-bracket": "x = ]",
          conflict: "<<<<<<< HEAD\ny = 1\n=======\ny = 2\n>>>>>>> other",
        };
    const whole = stack(language);
    return [
      ...Object.entries(broken).map(([name, code]) => ({
        name: `half/${name}/after/${language}`,
        files: { ...planted(language), [file]: `${whole}\n${code}\n` },
        planted: plantedIn(language),
        gap: file,
      })),
      {
        name: `half/long-line/comment/${language}`,
        files: { ...planted(language), [file]: `${comment} ${"x".repeat(6000)}\n${whole}` },
        planted: plantedIn(language),
      },
      {
        name: `half/minified-line/stack/${language}`,
        files: {
          ...planted(language),
          [file]: `${whole}\n${typescript ? `const table = [${"1,".repeat(4000)}];` : `table = [${"1,".repeat(4000)}]`}\n`,
        },
        planted: plantedIn(language),
      },
      {
        name: `half/too-deep/after/${language}`,
        files: {
          ...planted(language),
          [file]: `${whole}\nx = ${"[".repeat(5000)}1${"]".repeat(5000)}\n`,
        },
        planted: plantedIn(language),
        gap: file,
      },
    ];
  });
}

export const fileWorkspaces: readonly HostileWorkspace[] = [
  ...specialFiles(),
  ...leaking(),
  ...outsideCode(),
  ...half(),
];
