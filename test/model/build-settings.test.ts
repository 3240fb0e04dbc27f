/** Deployed folders that a build makes: what its settings say leads to the source, in either language of the stack. */
import assert from "node:assert/strict";
import { link } from "../../shared/src/readers/link";
import { memoryProject } from "../rules/memory-project";

const stacks: Readonly<Record<string, (code: string, handler: string) => string>> = {
  "/infra/app.ts": (code, handler) => `
import { App, Stack } from "aws-cdk-lib";
import { LambdaIntegration, RestApi } from "aws-cdk-lib/aws-apigateway";
import { Code, Function, Runtime } from "aws-cdk-lib/aws-lambda";
const stack = new Stack(new App(), "Shop");
const fn = new Function(stack, "Fn", { runtime: Runtime.NODEJS_22_X, handler: "${handler}", code: Code.fromAsset("${code}") });
new RestApi(stack, "Api").root.addMethod("GET", new LambdaIntegration(fn));
`,
  "/infra/app.py": (code, handler) => `
from aws_cdk import App, Stack, aws_apigateway as apigateway, aws_lambda as lambda_
stack = Stack(App(), "Shop")
fn = lambda_.Function(stack, "Fn", runtime=lambda_.Runtime.NODEJS_22_X, handler="${handler}", code=lambda_.Code.from_asset("${code}"))
apigateway.RestApi(stack, "Api").root.add_method("GET", apigateway.LambdaIntegration(fn))
`,
};

interface Row {
  readonly what: string;
  readonly code: string;
  readonly handler?: string;
  readonly files: Readonly<Record<string, string>>;
  /** The file that the route leads to. */
  readonly source?: string;
}

const handler = "export const handler = async () => ({ statusCode: 200 });";
const scripts = (build: string): string => JSON.stringify({ scripts: { build } });
const targets = (build: object): string => JSON.stringify({ targets: { build } });

const rows: readonly Row[] = [
  {
    what: "esbuild with one file, from beside the stack",
    code: "infra/made/fn",
    files: {
      "/infra/package.json": scripts(
        "NODE_ENV=production esbuild ../apps/shop/src/main.ts --bundle --target=node22 --outfile=made/fn/index.js",
      ),
      "/apps/shop/src/main.ts": handler,
      "/apps/other/src/main.ts": handler,
    },
    source: "/apps/shop/src/main.ts",
  },
  {
    what: "esbuild with a pattern and a folder",
    code: "made",
    handler: "teams.handler",
    files: {
      "/package.json": scripts("npx esbuild 'services/*.ts' --bundle --outdir made --format cjs"),
      "/services/teams.ts": handler,
      "/legacy/teams.ts": handler,
    },
    source: "/services/teams.ts",
  },
  {
    what: "one of several commands, after going to a folder",
    code: "api/made",
    handler: "players.handler",
    files: {
      "/package.json": scripts(
        "rm -rf made && cd api && esbuild code/players.entry.ts --outfile=made/players.js && zip -r x.zip made",
      ),
      "/api/code/players.entry.ts": handler,
    },
    source: "/api/code/players.entry.ts",
  },
  {
    what: "ncc, which makes index.js",
    code: "made",
    files: {
      "/package.json": scripts("ncc build code/start.ts -o made"),
      "/code/start.ts": handler,
    },
    source: "/code/start.ts",
  },
  {
    what: "tsup with a folder",
    code: "made",
    handler: "start.handler",
    files: {
      "/package.json": scripts("tsup code/start.ts --out-dir made"),
      "/code/start.ts": handler,
      "/old/start.ts": handler,
    },
    source: "/code/start.ts",
  },
  {
    what: "nx run-commands",
    code: "made/backend",
    handler: "users.handler",
    files: {
      "/nx.json": "{}",
      "/apps/backend/project.json": targets({
        executor: "nx:run-commands",
        options: {
          command:
            "esbuild apps/backend/src/users.handler.ts --outfile=made/backend/users.js && esbuild apps/backend/src/teams.handler.ts --outfile=made/backend/teams.js",
          cwd: "{workspaceRoot}",
        },
      }),
      "/apps/backend/src/users.handler.ts": handler,
      "/apps/backend/src/teams.handler.ts": handler,
    },
    source: "/apps/backend/src/users.handler.ts",
  },
  {
    what: "an nx executor's options",
    code: "made/backend",
    handler: "main.handler",
    files: {
      "/nx.json": "{}",
      "/apps/backend/project.json": targets({
        executor: "@nx/esbuild:esbuild",
        options: {
          main: "{projectRoot}/code/start.ts",
          outputPath: "made/backend",
          outputFileName: "main.js",
        },
      }),
      "/apps/backend/code/start.ts": handler,
    },
    source: "/apps/backend/code/start.ts",
  },
  {
    what: "a program that calls esbuild",
    code: "made",
    handler: "teams.handler",
    files: {
      "/package.json": scripts("node tools/build.mjs"),
      "/tools/build.mjs": `import esbuild from "esbuild";
const shared = { bundle: true, outdir: "made" };
for (const name of ["teams", "players"]) await esbuild.build({ ...shared, entryPoints: ["code/" + name + ".ts"] });
`,
      "/code/teams.ts": handler,
      "/code/players.ts": handler,
      "/old/teams.ts": handler,
    },
    source: "/code/teams.ts",
  },
  {
    what: "a program that names its outputs",
    code: "made",
    handler: "squad.handler",
    files: {
      "/package.json": scripts("tsx build.ts"),
      "/build.ts": `import { build } from "esbuild";
void build({ entryPoints: { squad: "code/teams.ts" }, outdir: "./made" });
`,
      "/code/teams.ts": handler,
    },
    source: "/code/teams.ts",
  },
  {
    what: "the compiler's outDir",
    code: "api/.made",
    handler: "http/teams.handler",
    files: {
      "/api/tsconfig.json": JSON.stringify({
        compilerOptions: { outDir: ".made", rootDir: "code" },
      }),
      "/api/code/http/teams.ts": handler,
      "/old/http/teams.ts": handler,
    },
    source: "/api/code/http/teams.ts",
  },
  {
    what: "a source without the handler is not meant",
    code: "made",
    handler: "teams.run",
    files: {
      "/package.json": scripts("esbuild code/teams.ts --outfile=made/teams.js"),
      "/code/teams.ts": handler,
    },
  },
  {
    what: "several inputs of one file say nothing",
    code: "made",
    handler: "all.handler",
    files: {
      "/package.json": scripts("esbuild code/teams.ts code/players.ts --outfile=made/all.js"),
      "/code/teams.ts": handler,
      "/code/players.ts": handler,
    },
  },
];

describe("the source of a built function, by settings", () => {
  for (const { what, code, handler: name = "index.handler", files, source } of rows) {
    for (const [stack, text] of Object.entries(stacks)) {
      it(`${what} (${stack.endsWith("py") ? "py" : "ts"})`, async () => {
        const all = { ...files, [stack]: text(code, name) };
        const model = link(await memoryProject(new Map(Object.entries(all))));
        const [route] = model.apis.flatMap(({ routes }) => routes);
        assert.ok(route);
        assert.deepEqual(
          route.handlers.map((id) => id.split("#")[0]),
          source === undefined ? [] : [source],
          route.unlinked,
        );
      });
    }
  }
});

describe("the source of a function whose code is uploaded to a bucket, by names", () => {
  const inBucket: typeof stacks = Object.fromEntries(
    Object.entries(stacks).map(([file, text]) => [
      file,
      (code: string, name: string) =>
        text(code, name)
          .replace(/Code\.fromAsset\(("[^"]*")\)/, "Code.fromBucketV2(bucket, $1)")
          .replace(/Code\.from_asset\(("[^"]*")\)/, "Code.from_bucket(bucket, $1)"),
    ]),
  );
  const found: readonly Row[] = [
    {
      what: "by the key and the module",
      code: "teams.zip",
      files: { "/services/teams/index.ts": handler, "/services/players/index.ts": handler },
      source: "/services/teams/index.ts",
    },
    {
      what: "by the module",
      code: "releases/v1.zip",
      handler: "league.handler",
      files: { "/src/league.mts": handler, "/src/players.mts": handler },
      source: "/src/league.mts",
    },
    {
      what: "not where two fit",
      code: "all.zip",
      handler: "league.handler",
      files: { "/a/league.ts": handler, "/b/league.ts": handler },
    },
    {
      what: "not where the module has no such function",
      code: "all.zip",
      handler: "league.other",
      files: { "/a/league.ts": handler },
    },
  ];
  for (const { what, code, handler: name = "index.handler", files, source } of found) {
    for (const [stack, text] of Object.entries(inBucket)) {
      it(`${what} (${stack.endsWith("py") ? "py" : "ts"})`, async () => {
        const all = { ...files, [stack]: text(code, name) };
        const model = link(await memoryProject(new Map(Object.entries(all))));
        const [route] = model.apis.flatMap(({ routes }) => routes);
        assert.deepEqual(
          route?.handlers.map((id) => id.split("#")[0]),
          source === undefined ? [] : [source],
          route?.unlinked,
        );
      });
    }
  }
});
