import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { engine } from "../../server/src/engine";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor } from "./editor";

/** How often each of them is asked. */
const times = Number(process.env["LONG_SESSION"] ?? 1000);
/** Megabytes. */
const mostGrowth = 50;

const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

const typescript = `import { App, Duration, Stack } from "aws-cdk-lib";
import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
const stack = new Stack(new App(), "Orders");
new HttpApi(stack, "Api", {
  corsPreflight: { allowOrigins: ["https://app.acmecorp.com/"], maxAge: Duration.days(10) },
});
new HttpApi(stack, "Other", { corsPreflight: { allowMethods: [] } });
`;

const python = `from aws_cdk import App, Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
stack = Stack(App(), "Orders")
apigwv2.HttpApi(
    stack,
    "Api",
    cors_preflight=apigwv2.CorsPreflightOptions(
        allow_origins=["https://app.acmecorp.com/"],
        max_age=Duration.days(10),
    ),
)
apigwv2.HttpApi(stack, "Other", cors_preflight=apigwv2.CorsPreflightOptions(allow_methods=[]))
`;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Memory of the process that is in use, in megabytes: what a parser in WebAssembly holds is not on the heap. */
function used(): number {
  collect();
  collect();
  return process.memoryUsage().rss / 2 ** 20;
}

describe("a long session", function () {
  this.timeout(0); // bounded by the number of requests
  afterEach(removeFolders);

  for (const { name, text, inside } of [
    { name: "stack.ts", text: typescript, inside: "allowMethods: [" },
    { name: "stack.py", text: python, inside: "allow_methods=[" },
  ]) {
    it(`of ${name} ends with the memory that it began with`, async () => {
      const folder = folderWith({ "cdk.json": "{}", [name]: text });
      const file = `${folder}/${name}`;
      const editor = await Editor.open(engine, { folders: [folder] });
      await editor.openDocument(file, text);
      const offset = text.lastIndexOf(inside) + inside.length;
      const round = async (i: number): Promise<void> => {
        assert.ok((await editor.codeActions(file, everything)).length > 0);
        assert.ok((await editor.completions(file, offset)).length > 0);
        const [before, after] = [i % 2 === 0 ? "Other" : "Third", i % 2 === 0 ? "Third" : "Other"];
        await editor.replace(file, before, after);
        assert.ok((await editor.diagnostics(file)).length > 0);
      };
      // Caches fill and code is compiled.
      const warm = Math.min(times, 500);
      for (let i = 0; i < warm * 2; i++) await round(i);
      const began = used();
      for (let i = 0; i < times; i++) await round(i);
      const growth = used() - began;
      assert.ok(growth < mostGrowth, `grew by ${growth.toFixed(0)} MB`);
      await editor.close();
    });
  }
});
