import assert from "node:assert/strict";
import { link } from "../../shared/src/readers/link";
import type { CorsModel, Handler } from "../../shared/src/model/model";
import { memoryProject } from "../rules/memory-project";

type Files = Readonly<Record<string, string>>;

async function modelOf(files: Files): Promise<CorsModel> {
  return link(await memoryProject(new Map(Object.entries(files))));
}

const typescriptHandler = `export const handler = async (event) => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } });`;
const pythonHandler = `def handler(event, context):
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}}
`;

const stack = (functions: string): string => `
import * as path from "path";
import { fileURLToPath } from "url";
import { App, Stack } from "aws-cdk-lib";
import { HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
const stack = new Stack(new App(), "Shop");
const runtime = lambda.Runtime.NODEJS_20_X;
const python = lambda.Runtime.PYTHON_3_12;
${functions}
const api = new HttpApi(stack, "Api");
api.addRoutes({ path: "/x", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });
`;

const pythonStack = (functions: string): string => `
import os
from pathlib import Path
from aws_cdk import App, Stack
from aws_cdk import aws_lambda as _lambda
from aws_cdk import aws_lambda_python_alpha as lambda_python
from aws_cdk.aws_apigatewayv2 import HttpApi, HttpMethod
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
stack = Stack(App(), "Shop")
${functions}
api = HttpApi(stack, "Api")
api.add_routes(path="/x", methods=[HttpMethod.GET], integration=HttpLambdaIntegration("I", fn))
`;

/** Fails unless the only route leads to this file, and the handler there is read. */
async function leadsTo(file: string, files: Files): Promise<Handler> {
  const { apis, handlers } = await modelOf(files);
  const route = apis[0]?.routes[0];
  assert.deepEqual(
    route?.handlers.map((id) => id.replace(/[#@].*$/, "")),
    [file],
    route?.unlinked,
  );
  const handler = handlers.find((each) => each.id === route.handlers[0]);
  assert.ok(handler, "the handler is read");
  assert.equal(handler.bindings.length, 1);
  assert.equal(handler.responses.length, 1);
  return handler;
}

const typescriptLinks: Readonly<
  Record<string, readonly [code: string, file: string, more?: Files]>
> = {
  "an asset beside the app": [
    `const fn = new lambda.Function(stack, "F", { runtime, handler: "orders.handler", code: lambda.Code.fromAsset("lambda") });`,
    "/lambda/orders.js",
  ],
  "path.join(__dirname, …) out of the app": [
    `const fn = new lambda.Function(stack, "F", { runtime, handler: "src/orders.handler", code: lambda.Code.fromAsset(path.join(__dirname, "..", "..", "backend")) });`,
    "/backend/src/orders.ts",
    { at: "/infra/lib/stack.ts" },
  ],
  "path.join with a part that begins with a slash": [
    `const fn = new lambda.Function(stack, "F", { runtime, handler: "orders.handler", code: lambda.Code.fromAsset(path.join(__dirname, "/../backend")) });`,
    "/infra/backend/orders.ts",
    { at: "/infra/lib/stack.ts" },
  ],
  "a NodejsFunction with code of its own": [
    `const fn = new NodejsFunction(stack, "F", { runtime, handler: "index.handler", code: lambda.Code.fromAsset("functions/orders") });`,
    "/functions/orders/index.ts",
  ],
  "path.resolve with the working folder": [
    `const fn = new lambda.Function(stack, "F", { runtime, handler: "index.handler", code: lambda.Code.fromAsset(path.resolve(process.cwd(), "functions/orders")) });`,
    "/functions/orders/index.mjs",
  ],
  "import.meta": [
    `const here = path.dirname(fileURLToPath(import.meta.url));
const fn = new NodejsFunction(stack, "F", { entry: path.join(here, "../lambda/orders.ts") });`,
    "/lambda/orders.ts",
    { at: "/lib/stack.ts" },
  ],
  "a URL relative to the module": [
    `const fn = new NodejsFunction(stack, "F", { entry: fileURLToPath(new URL("../lambda/orders.ts", import.meta.url)) });`,
    "/lambda/orders.ts",
    { at: "/lib/stack.ts" },
  ],
  "import.meta.dirname": [
    `const fn = new NodejsFunction(stack, "F", { entry: path.join(import.meta.dirname, "orders.ts") });`,
    "/lib/orders.ts",
    { at: "/lib/stack.ts" },
  ],
  "what a build makes of the sources": [
    `const fn = new lambda.Function(stack, "F", { runtime, handler: "orders/index.handler", code: lambda.Code.fromAsset("packages/api/dist") });`,
    "/packages/api/src/orders.ts",
  ],
  "what a bundler writes beside the sources": [
    `const fn = new lambda.Function(stack, "F", { runtime, handler: "lambda/orders.handler", code: lambda.Code.fromAsset("dist-lambda") });`,
    "/lambda/orders.ts",
  ],
  "entry with a template": [
    `const name = "orders";
const fn = new NodejsFunction(stack, "F", { entry: \`lambda/\${name}/index.ts\`, handler: "handler" });`,
    "/lambda/orders/index.ts",
  ],
  "no entry: the file is named after the construct": [
    `const fn = new NodejsFunction(stack, "orders");`,
    "/lib/stack.orders.ts",
    { at: "/lib/stack.ts" },
  ],
  "a factory of the program": [
    `const make = (id: string, file: string) => new NodejsFunction(stack, id, { entry: path.join(__dirname, "..", "lambda", \`\${file}.ts\`) });
const fn = make("Orders", "orders");`,
    "/lambda/orders.ts",
    { at: "/lib/stack.ts" },
  ],
  "a subclass with its own defaults": [
    `class ApiFunction extends NodejsFunction {
  constructor(scope: Stack, id: string, file: string) {
    super(scope, id, { entry: path.join(__dirname, "lambda", file), memorySize: 256 });
  }
}
const fn = new ApiFunction(stack, "F", "orders.ts");`,
    "/lambda/orders.ts",
  ],
  "a subclass that refuses what it checks": [
    `class ApiFunction extends NodejsFunction {
  constructor(scope: Stack, id: string) {
    super(scope, id, { entry: "lambda/orders.ts" });
    if (this.isBoundToVpc) throw new Error("no VPC");
  }
}
const fn = new ApiFunction(stack, "F");`,
    "/lambda/orders.ts",
  ],
  "a table by names in another case": [
    `const capital = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const fns: Record<string, NodejsFunction> = {};
for (const name of ["Orders", "Users"]) fns[capital(name)] = new NodejsFunction(stack, name, { entry: \`lambda/\${capital(name)}.ts\` });
const fn = fns.orders;`,
    "/lambda/orders.ts",
  ],
  "code that one condition or another chooses": [
    `function bundled(folder: string) {
  if (fs.existsSync("dist/orders")) return lambda.Code.fromAsset("dist/orders");
  return lambda.Code.fromAsset(folder);
}
const fn = new lambda.Function(stack, "F", { runtime, handler: "orders.handler", code: bundled("lambda") });`,
    "/lambda/orders.js",
  ],
  "behind a choice that refuses what it does not know": [
    `function folderOf(stage: string | undefined): string {
  if (stage === undefined) return "lambda";
  if (stage === "prod") return "lambda";
  throw new Error(stage);
}
const fn = new NodejsFunction(stack, "F", { entry: folderOf(process.env.STAGE) + "/orders.ts" });`,
    "/lambda/orders.ts",
  ],
  "an alias of a version": [
    `const base = new NodejsFunction(stack, "F", { entry: "lambda/orders.ts" });
const fn = new lambda.Alias(stack, "Live", { aliasName: "live", version: base.currentVersion });`,
    "/lambda/orders.ts",
  ],
  "an image with a command": [
    `const fn = new lambda.DockerImageFunction(stack, "F", { code: lambda.DockerImageCode.fromImageAsset("image", { cmd: ["orders.handler"] }) });`,
    "/image/orders.js",
  ],
  "an image with the command of its Dockerfile": [
    `const fn = new lambda.DockerImageFunction(stack, "F", { code: lambda.DockerImageCode.fromImageAsset("image") });`,
    "/image/src/orders.ts",
    { "/image/Dockerfile": 'FROM node\nCOPY src/ ./\nCMD [ "orders.handler" ]\n' },
  ],
  "Python behind a TypeScript stack": [
    `const fn = new lambda.Function(stack, "F", { runtime: python, handler: "api.orders.handler", code: lambda.Code.fromAsset("lambda") });`,
    "/lambda/api/orders.py",
  ],
};

describe("from a function to its code", () => {
  for (const [name, [code, file, more]] of Object.entries(typescriptLinks)) {
    it(name, async () => {
      const { at = "/stack.ts", ...others } = more ?? {};
      const text = file.endsWith(".py")
        ? pythonHandler
        : /\.js$/.test(file)
          ? typescriptHandler.replace("export const handler", "exports.handler")
          : typescriptHandler;
      await leadsTo(file, { [at]: stack(code), [file]: text, ...others });
    });
  }

  const pythonLinks: Readonly<Record<string, readonly [code: string, file: string, at?: string]>> =
    {
      "os.path.join of Python": [
        `fn = _lambda.Function(stack, "F", runtime=_lambda.Runtime.PYTHON_3_12, handler="orders.handler", code=_lambda.Code.from_asset(os.path.join(os.path.dirname(__file__), "..", "lambda")))`,
        "/lambda/orders.py",
        "/infra/app.py",
      ],
      "a subclass that refuses what it checks": [
        `class ApiFunction(_lambda.Function):
    def __init__(self, scope, id):
        super().__init__(scope, id, runtime=_lambda.Runtime.PYTHON_3_12, handler="orders.handler", code=_lambda.Code.from_asset("lambda"))
        if self.is_bound_to_vpc:
            raise ValueError("no VPC")
fn = ApiFunction(stack, "F")`,
        "/lambda/orders.py",
      ],
      "a table by the fields of a dataclass": [
        `from dataclasses import dataclass, field
from typing import ClassVar
@dataclass(frozen=True)
class Names:
    ORDERS: ClassVar[str] = field(init=False, default="orders")
fns = {}
fns[Names.ORDERS] = _lambda.Function(stack, "F", runtime=_lambda.Runtime.PYTHON_3_12, handler=Names.ORDERS + ".handler", code=_lambda.Code.from_asset("lambda"))
fn = fns[Names.ORDERS]`,
        "/lambda/orders.py",
      ],
      "code that one condition or another chooses": [
        `def bundled(folder):
    if os.path.exists("dist/orders"):
        return _lambda.Code.from_asset("dist/orders")
    return _lambda.Code.from_asset(folder)
fn = _lambda.Function(stack, "F", runtime=_lambda.Runtime.PYTHON_3_12, handler="orders.handler", code=bundled("lambda"))`,
        "/lambda/orders.py",
      ],
      "behind a choice that refuses what it does not know": [
        `def folder_of(stage):
    if stage is None:
        return "lambda"
    if stage == "prod":
        return "lambda"
    raise ValueError(stage)
fn = _lambda.Function(stack, "F", runtime=_lambda.Runtime.PYTHON_3_12, handler="orders.handler", code=_lambda.Code.from_asset(folder_of(os.environ.get("STAGE"))))`,
        "/lambda/orders.py",
      ],
      pathlib: [
        `fn = _lambda.Function(stack, "F", runtime=_lambda.Runtime.PYTHON_3_12, handler="orders.handler", code=_lambda.Code.from_asset(str(Path(__file__).parent.parent / "lambda")))`,
        "/lambda/orders.py",
        "/infra/app.py",
      ],
      "pathlib with resolve and joinpath": [
        `ROOT = Path(__file__).resolve().parents[1]
fn = _lambda.Function(stack, "F", runtime=_lambda.Runtime.PYTHON_3_12, handler="orders.handler", code=_lambda.Code.from_asset(f"{ROOT}/lambda"))`,
        "/lambda/orders.py",
        "/infra/app.py",
      ],
      PythonFunction: [
        `fn = lambda_python.PythonFunction(stack, "F", entry="lambda", index="orders.py", runtime=_lambda.Runtime.PYTHON_3_12)`,
        "/lambda/orders.py",
      ],
    };
  for (const [name, [code, file, at = "/app.py"]] of Object.entries(pythonLinks)) {
    it(name, async () => {
      await leadsTo(file, { [at]: pythonStack(code), [file]: pythonHandler });
    });
  }

  it("code in a text of the stack, in place", async () => {
    const code = `def handler(event, context):\n    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}}\n`;
    const text = stack(
      `const fn = new lambda.Function(stack, "F", { runtime: python, handler: "index.handler", code: lambda.Code.fromInline(\`${code}\`) });`,
    );
    // The frontend of the other language is loaded where some file needs it.
    const handler = await leadsTo("/stack.ts", { "/stack.ts": text, "/tool.py": "" });
    const [path] = handler.responses;
    assert.ok(path);
    assert.equal(text.slice(path.at.start, path.at.end), "200");
    assert.equal(path.responseBlock, undefined);
  });

  it("code in a text with escapes stands at the text", async () => {
    const literal = `"exports.handler = async () => (\\n{ statusCode: 200 });"`;
    const text = stack(
      `const fn = new lambda.Function(stack, "F", { runtime, handler: "index.handler", code: lambda.Code.fromInline(${literal}) });`,
    );
    const handler = await leadsTo("/stack.ts", { "/stack.ts": text });
    const [path] = handler.responses;
    assert.ok(path);
    assert.equal(text.slice(path.at.start, path.at.end), literal);
  });

  it("one handler behind two fronts has both", async () => {
    const text = `${stack(`const fn = new NodejsFunction(stack, "F", { entry: "lambda/orders.ts" });`)}
const second = new HttpApi(stack, "Second", { corsPreflight: { allowOrigins: ["*"] } });
second.addRoutes({ path: "/y", integration: new HttpLambdaIntegration("J", fn) });`;
    const { handlers } = await modelOf({
      "/stack.ts": text,
      "/lambda/orders.ts": typescriptHandler,
    });
    assert.deepEqual(
      handlers.map((handler) => handler.bindings.length),
      [2],
    );
  });

  it("queue consumers, triggers and authorizers are no handlers of HTTP", async () => {
    const { handlers } = await modelOf({
      "/stack.ts": `${stack(`const fn = new NodejsFunction(stack, "F", { entry: "lambda/orders.ts" });`)}
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
const consumer = new NodejsFunction(stack, "Consumer", { entry: "lambda/consumer.ts" });
consumer.addEventSource(new SqsEventSource(queue));`,
      "/lambda/orders.ts": typescriptHandler,
      "/lambda/consumer.ts": typescriptHandler,
    });
    assert.deepEqual(
      handlers.map((handler) => handler.file),
      ["/lambda/orders.ts"],
    );
  });

  it("a function that nothing in sight calls counts when routes are out of sight", async () => {
    const files = (use: string): Files => ({
      "/stack.ts": `
import { App, Stack } from "aws-cdk-lib";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import { ServiceApi } from "@acme/constructs";
const stack = new Stack(new App(), "Shop");
const fn = new NodejsFunction(stack, "F", { entry: "lambda/orders.ts" });
${use}`,
      "/lambda/orders.ts": typescriptHandler,
    });
    const behindUnseen = await modelOf(
      files(`new ServiceApi(stack, "Api", { routes: [{ path: "/x", handler: fn }] });`),
    );
    assert.equal(behindUnseen.handlers.length, 1);
    const scheduled = await modelOf(files(`rule.addTarget(new LambdaFunction(fn));`));
    assert.equal(scheduled.handlers.length, 0);
  });

  it("a file that no function names counts when it sends CORS headers", async () => {
    const { handlers } = await modelOf({
      "/lambda/orders.ts": typescriptHandler,
      "/lambda/worker.ts": `export const handler = async () => ({ statusCode: 200 });`,
    });
    assert.deepEqual(
      handlers.map((handler) => handler.file),
      ["/lambda/orders.ts"],
    );
  });
});

describe("from a handler to its helpers", () => {
  it("a Lambda layer, in both languages", async () => {
    const typescript = await modelOf({
      "/stack.ts": stack(
        `const fn = new NodejsFunction(stack, "F", { entry: "lambda/orders.ts" });`,
      ),
      "/lambda/orders.ts": `import { ok } from "/opt/nodejs/respond";\nexport const handler = async () => ok();`,
      "/layers/common/nodejs/respond.ts": `export const ok = () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } });`,
    });
    assert.equal(
      typescript.handlers[0]?.responses[0]?.headers[0]?.name,
      "Access-Control-Allow-Origin",
    );
  });

  it("paths of tsconfig and packages of the workspace", async () => {
    const { handlers } = await modelOf({
      "/tsconfig.json": JSON.stringify({
        compilerOptions: { paths: { "@shared/*": ["./shared/*"] } },
      }),
      "/packages/http/package.json": JSON.stringify({ name: "@acme/http", main: "dist/index.js" }),
      "/packages/http/src/index.ts": `export { reply } from "./reply.js";`,
      "/packages/http/src/reply.ts": `export const reply = (statusCode: number, headers = {}) => ({ statusCode, headers });`,
      "/shared/cors.ts": `export const cors = { "Access-Control-Allow-Origin": "*" };`,
      "/lambda/orders.ts": `import { reply } from "@acme/http";\nimport { cors } from "@shared/cors";\nexport const handler = async () => reply(200, cors);`,
    });
    assert.deepEqual(
      handlers[0]?.responses.map((path) => path.headers.map(({ name }) => name)),
      [["Access-Control-Allow-Origin"]],
    );
  });
});

describe("web applications behind the Lambda Web Adapter", () => {
  const image = `const fn = new lambda.DockerImageFunction(stack, "Fn", { code: lambda.DockerImageCode.fromImageAsset("web") });`;
  const pythonImage = `fn = _lambda.DockerImageFunction(stack, "Fn", code=_lambda.DockerImageCode.from_image_asset("web"))`;
  const adapter = `COPY --from=public.ecr.aws/awsguru/aws-lambda-adapter:0.9.1 /lambda-adapter /opt/extensions/`;
  const fastapi = `from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["https://app.acmecorp.com"])
`;
  const express = `import cors from "cors";
import express from "express";
const server = express();
server.use(cors());
server.get("/x", (request, response) => response.json([]));
server.listen(8080);
`;

  /** Fails unless the only route leads to this file, whose application answers. */
  async function answersFrom(file: string, name: string, files: Files): Promise<void> {
    const { apis, handlers } = await modelOf(files);
    const route = apis[0]?.routes[0];
    const handler = handlers.find(({ id }) => id === route?.handlers[0]);
    assert.equal(handler?.file, file, route?.unlinked);
    assert.deepEqual([handler.framework?.name, handler.framework?.cors.kind], [name, "configured"]);
    assert.equal(handler.mayThrow, undefined);
  }

  const commands = [
    `CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0"]`,
    `CMD exec gunicorn --bind :8080 -k uvicorn.workers.UvicornWorker app.main:app`,
    `ENTRYPOINT ["poetry", "run"]\nCMD ["python", "-m", "uvicorn", "app.main:app"]`,
    `CMD ["fastapi", "run", "app/main.py"]`,
    `CMD PORT=8080 python app/main.py`,
  ];
  for (const command of commands) {
    it(`in Python: ${command.replace("\n", " ")}`, async () => {
      const dockerfile = `FROM python:3.13\nWORKDIR /srv\n${adapter}\nCOPY . .\n${command}\n`;
      const files = { "/web/Dockerfile": dockerfile, "/web/app/main.py": fastapi };
      await answersFrom("/web/app/main.py", "FastAPI", {
        "/app.py": pythonStack(pythonImage),
        ...files,
      });
      await answersFrom("/web/app/main.py", "FastAPI", { "/stack.ts": stack(image), ...files });
    });
  }

  for (const command of [
    `CMD ["node", "dist/server.js"]`,
    `CMD ["npm", "start"]`,
    `CMD npm run serve`,
  ]) {
    it(`in JavaScript: ${command}`, async () => {
      const scripts = {
        start: "node dist/server.js",
        serve: "NODE_ENV=production node dist/server.js",
      };
      await answersFrom("/web/src/server.ts", "Express", {
        "/stack.ts": stack(image),
        "/web/Dockerfile": `FROM node:22\n${adapter}\nCOPY . .\n${command}\n`,
        "/web/package.json": JSON.stringify({ scripts }),
        "/web/src/server.ts": express,
      });
    });
  }

  const started: readonly (readonly [string, string])[] = [
    [
      "made by a function that one of two branches calls",
      `${fastapi.replace("app = FastAPI()\napp.", "def create(debug=False):\n    app = FastAPI(debug=debug)\n    app.")}    return app
def choose():
    import os
    if os.environ.get("LOCAL"):
        return create(debug=True)
    return create()
app = choose()
`,
    ],
    [
      "made by a function",
      `${fastapi.replace("app = FastAPI()\napp.", "def create():\n    app = FastAPI()\n    app.")}    return app\napp = create()\n`,
    ],
    ["in an object", `${fastapi}holder = {"app": app}\ndel app\n`],
  ];
  for (const [what, text] of started) {
    it(`in Python, ${what}`, () =>
      answersFrom("/web/app/main.py", "FastAPI", {
        "/app.py": pythonStack(pythonImage),
        "/web/Dockerfile": `FROM python:3.13\n${adapter}\nCMD ["uvicorn", "app.main:app"]\n`,
        "/web/app/main.py": text,
      }));
  }

  for (const [what, files] of [
    [
      "in a module that it imports",
      {
        "/web/src/server.ts": 'import { start } from "./app";\nvoid start();\n',
        "/web/src/app.ts": express.replace(
          "server.listen(8080);",
          "export const start = async () => server.listen(8080);",
        ),
      },
    ],
    [
      "in a function that it calls",
      {
        "/web/src/server.ts": `import cors from "cors";
import express from "express";
function main() { const server = express(); server.use(cors()); server.listen(8080); }
main();
`,
      },
    ],
  ] as const) {
    it(`in JavaScript, ${what}`, () =>
      answersFrom("/web/src/server.ts", "Express", {
        "/stack.ts": stack(image),
        "/web/Dockerfile": `FROM node:22\n${adapter}\nCMD ["node", "dist/server.js"]\n`,
        ...files,
      }));
  }

  it("not where a program makes several", async () => {
    const { apis } = await modelOf({
      "/stack.ts": stack(image),
      "/web/Dockerfile": `FROM node:22\n${adapter}\nCMD ["node", "dist/server.js"]\n`,
      "/web/src/server.ts": 'import "./a";\nimport "./b";\n',
      "/web/src/a.ts": express,
      "/web/src/b.ts": express,
    });
    assert.deepEqual(apis[0]?.routes[0]?.handlers, []);
  });

  it("by a script that the layer's wrapper runs", async () => {
    const script =
      "#!/bin/bash\n# starts the shop\nPATH=$PATH:$LAMBDA_TASK_ROOT/bin \\\n  exec python -m uvicorn --port=$PORT app.main:app\n";
    const wrapper = `AWS_LAMBDA_EXEC_WRAPPER: "/opt/bootstrap"`;
    await answersFrom("/web/app/main.py", "FastAPI", {
      "/stack.ts": stack(
        `const fn = new lambda.Function(stack, "Fn", { runtime: python, handler: "run.sh", code: lambda.Code.fromAsset("web"), environment: { ${wrapper}, PORT: "8000" } });`,
      ),
      "/web/run.sh": script,
      "/web/app/main.py": fastapi,
    });
    await answersFrom("/web/app/main.py", "FastAPI", {
      "/app.py": pythonStack(
        `fn = lambda_python.PythonFunction(stack, "Fn", entry="web", runtime=_lambda.Runtime.PYTHON_3_12, environment={"AWS_LAMBDA_EXEC_WRAPPER": "/opt/bootstrap"})`,
      ),
      "/web/run.sh": script,
      "/web/app/main.py": fastapi,
      "/web/index.py": "",
    });
  });
});
