import type { PolicyField } from "../../../shared/src/model/edit";
import type { PolicyForm } from "../../../shared/src/model/model";
import { declines, spells, type Edits } from "./spell";

function adds(form: PolicyForm, field: PolicyField, ...items: string[]): Edits {
  return (at) => [{ kind: "addToList", form, field, list: at("list"), items }];
}
const drops: Edits = (at) => [{ kind: "removeFromList", item: at("item") }];
const removes: Edits = (at) => [{ kind: "removeEntry", entry: at("entry") }];
const renames =
  (to: string): Edits =>
  (at) => [{ kind: "rename", name: at("name"), to }];
const texts =
  (text: string): Edits =>
  (at) => [{ kind: "setString", at: at("text"), text }];
const ages =
  (seconds: number, form: PolicyForm = "httpApi"): Edits =>
  (at) => [{ kind: "setDuration", at: at("age"), seconds, form }];
const methods =
  (method: string, form: PolicyForm = "httpApi"): Edits =>
  (at) => [{ kind: "setMethod", at: at("method"), method, form }];

describe("writing addToList", () => {
  spells(
    "spells enumeration members as the others are",
    "s.ts",
    adds("httpApi", "allowMethods", "PUT", "*"),
    `x = «list:[v2.CorsHttpMethod.GET]»;`,
    `x = [v2.CorsHttpMethod.GET, v2.CorsHttpMethod.PUT, v2.CorsHttpMethod.ANY];`,
  );
  spells(
    "spells strings as the others are",
    "s.py",
    adds("httpApi", "allowMethods", "PUT"),
    `x = «list:['GET']»\n`,
    `x = ['GET', 'PUT']\n`,
  );
  spells(
    "imports the enumeration for an empty list",
    "s.ts",
    adds("functionUrl", "allowMethods", "*"),
    `import { Function } from "aws-cdk-lib/aws-lambda";\nx = «list:[]»;\n`,
    `import { Function, HttpMethod } from "aws-cdk-lib/aws-lambda";\nx = [HttpMethod.ALL];\n`,
  );
  spells(
    "adds to a list of several lines",
    "s.ts",
    adds("restDefault", "allowHeaders", "x-csrf-token", "x-api-key"),
    `x = «list:[\n  "content-type", // json\n  "authorization" // bearer\n]»;\n`,
    `x = [\n  "content-type", // json\n  "authorization", // bearer\n  "x-csrf-token",\n  "x-api-key"\n];\n`,
  );
  spells(
    "keeps several elements on a line",
    "s.py",
    adds("restDefault", "allowHeaders", "x-b"),
    `x = «list:[\n    "a", "b",\n    "c", "d",\n]»\n`,
    `x = [\n    "a", "b",\n    "c", "d", "x-b",\n]\n`,
  );
  spells(
    "breaks a line that becomes too long",
    "s.ts",
    adds("restDefault", "allowHeaders", "x-amz-security-token"),
    `  options.allowHeaders = «list:["content-type", "authorization", "x-amz-date", "x-api-key", "x-one"]»;\n`,
    `  options.allowHeaders = [
    "content-type",
    "authorization",
    "x-amz-date",
    "x-api-key",
    "x-one",
    "x-amz-security-token",
  ];
`,
  );
  spells(
    "spreads a constant",
    "s.ts",
    adds("restDefault", "allowHeaders", "x-a"),
    `x = «list:apigateway.Cors.DEFAULT_HEADERS»;`,
    `x = [...apigateway.Cors.DEFAULT_HEADERS, "x-a"];`,
  );
  spells(
    "spreads a constant of Python",
    "s.py",
    adds("restDefault", "allowHeaders", "x-a"),
    `x = «list:apigateway.Cors.DEFAULT_HEADERS»\n`,
    `x = [*apigateway.Cors.DEFAULT_HEADERS, "x-a"]\n`,
  );
  spells(
    "leaves out what is there",
    "s.py",
    adds("restDefault", "allowHeaders", "b", "a"),
    `x = «list:("a",)»\n`,
    `x = ("a", "b",)\n`,
  );
  spells(
    "makes a tuple of one",
    "s.py",
    adds("httpApi", "allowHeaders", "a"),
    `x = «list:()»\n`,
    `x = ("a",)\n`,
  );
  declines(
    "what is no list",
    "s.ts",
    adds("httpApi", "allowHeaders", "a"),
    `x = «list:headers()»;`,
  );
});

describe("writing removeFromList and removeEntry", () => {
  for (const [what, before, after] of [
    ["the first of a line", `x = [«item:1», 2, 3]`, `x = [2, 3]`],
    ["one between others", `x = [1, «item:2», 3]`, `x = [1, 3]`],
    ["the last of a line", `x = [1, 2, «item:3»]`, `x = [1, 2]`],
    ["the only one", `x = [«item:1»]`, `x = []`],
    ["the only one on a line of its own", `x = [\n  «item:1»,\n]`, `x = []`],
    ["a line", `x = [\n  1,\n  «item:2»,\n  3,\n]`, `x = [\n  1,\n  3,\n]`],
    ["the last line without comma", `x = [\n  1,\n  «item:2»\n]`, `x = [\n  1\n]`],
    ["what is given without its quotes", `x = ["a", "«item:b»"]`, `x = ["a"]`],
  ] as const) {
    spells(`${what}, in TypeScript`, "s.ts", drops, `${before};\n`, `${after};\n`);
    spells(`${what}, in Python`, "s.py", drops, `${before}\n`, `${after}\n`);
  }
  spells("keeps a tuple a tuple", "s.py", drops, `x = ("a", «item:"b"»)\n`, `x = ("a",)\n`);
  spells(
    "keeps the second of a tuple one",
    "s.py",
    drops,
    `x = («item:"a"», "b")\n`,
    `x = ("b",)\n`,
  );
  spells(
    "removes an option with its comment and keeps those of its neighbours",
    "s.ts",
    removes,
    `x = {\n  // first\n  a: 1, // one\n  «entry:b: 2», // two\n  // third\n  c: 3,\n};\n`,
    `x = {\n  // first\n  a: 1, // one\n  // third\n  c: 3,\n};\n`,
  );
  spells(
    "removes a keyword argument",
    "s.py",
    removes,
    `f(\n    self, "Api",\n    «entry:cors=options»,\n)\n`,
    `f(\n    self, "Api",\n)\n`,
  );
  spells(
    "removes the last aligned argument",
    "s.py",
    removes,
    `f(self,\n  a=1,\n  «entry:b=2»)\n`,
    `f(self,\n  a=1)\n`,
  );
  spells(
    "removes a header that is assigned",
    "s.ts",
    removes,
    `headers["A"] = "1";\n«entry:headers["B"] = "2"»;\nsend();\n`,
    `headers["A"] = "1";\nsend();\n`,
  );
  spells(
    "removes neighbours together",
    "s.ts",
    (at) => ["a", "b", "c"].map((name) => ({ kind: "removeEntry", entry: at(name) })),
    `x = { «a:a: 1», «b:b: 2», c: 3, «c:d: 4» };\n`,
    `x = { c: 3 };\n`,
  );
  declines("an expression that is no entry", "s.ts", removes, `x = «entry:a» + b;`);
});

describe("writing rename and setString", () => {
  spells(
    "an identifier",
    "s.ts",
    renames("allowedOrigins"),
    `x = { «name:allowOrigins»: o };`,
    `x = { allowedOrigins: o };`,
  );
  spells(
    "a shorthand",
    "s.ts",
    renames("allowedOrigins"),
    `x = { «name:allowOrigins» };`,
    `x = { allowedOrigins: allowOrigins };`,
  );
  spells(
    "a key that now needs quotes",
    "s.ts",
    renames("X-A"),
    `x = { «name:XA»: 'o' };`,
    `x = { 'X-A': 'o' };`,
  );
  spells(
    "a key in quotes",
    "s.ts",
    renames("X-A"),
    `x = { '«name:X-AA»': "o", y: "", z: "" };`,
    `x = { 'X-A': "o", y: "", z: "" };`,
  );
  spells(
    "a keyword argument",
    "s.py",
    renames("allowedOrigins"),
    `f(«name:allow_origins»=o)\n`,
    `f(allowed_origins=o)\n`,
  );
  spells(
    "a key of a dictionary",
    "s.py",
    renames("allowedOrigins"),
    `{"«name:allow_origins»": o}\n`,
    `{"allowed_origins": o}\n`,
  );
  spells(
    "a header of a dictionary",
    "s.py",
    renames("X-A"),
    `{'«name:X-AA»': o}\n`,
    `{'X-A': o}\n`,
  );
  declines("a keyword argument that would be no name", "s.py", renames("X-A"), `f(«name:x_a»=o)\n`);

  spells(
    "keeps single quotes",
    "s.ts",
    texts("b"),
    `x = «text:'a'»; y = "c"; z = "d";`,
    `x = 'b'; y = "c"; z = "d";`,
  );
  spells(
    "keeps double quotes of Python",
    "s.py",
    texts("b"),
    `x = "«text:a»"; y = 'c'; z = 'd'\n`,
    `x = "b"; y = 'c'; z = 'd'\n`,
  );
  spells("keeps a template's quotes", "s.ts", texts("b"), "x = «text:`a`»;", "x = `b`;");
  spells("replaces other values", "s.py", texts("true"), `x = «text:str(True)»\n`, `x = "true"\n`);
  spells("replaces an f-string", "s.py", texts("b"), `x = «text:f"{a}"»\n`, `x = "b"\n`);
  spells("avoids escapes", "s.ts", texts("'*'"), `x = «text:'*'»;`, `x = "'*'";`);
  declines("a place between expressions", "s.ts", texts("b"), `x = a «text:+ b»;`);
});

describe("writing setDuration and setMethod", () => {
  spells(
    "keeps how the class is named",
    "s.ts",
    ages(7200),
    `x = «age:cdk.Duration.days(10)»;`,
    `x = cdk.Duration.hours(2);`,
  );
  spells(
    "minutes",
    "s.py",
    ages(600),
    `x = «age:Duration.seconds(601)»\n`,
    `x = Duration.minutes(10)\n`,
  );
  spells("nothing", "s.py", ages(0), `x = «age:Duration.days(1)»\n`, `x = Duration.seconds(0)\n`);
  spells("a number of seconds", "s.ts", ages(7200, "cfnApi"), `x = «age:864000»;`, `x = 7200;`);
  spells(
    "imports the class",
    "s.py",
    ages(7200),
    `from aws_cdk import (\n    App,\n    Stack,\n)\nx = «age:AGE»\n`,
    `from aws_cdk import (\n    App,\n    Duration,\n    Stack,\n)\nx = Duration.hours(2)\n`,
  );
  declines("less than nothing", "s.ts", ages(-1), `x = «age:Duration.days(1)»;`);

  spells(
    "an enumeration by the right one",
    "s.ts",
    methods("*"),
    `import * as v2 from "aws-cdk-lib/aws-apigatewayv2";\nx = [«method:v2.HttpMethod.ANY»];\n`,
    `import * as v2 from "aws-cdk-lib/aws-apigatewayv2";\nx = [v2.CorsHttpMethod.ANY];\n`,
  );
  spells(
    "an imported name",
    "s.py",
    methods("*"),
    `from aws_cdk.aws_apigatewayv2_alpha import HttpApi, HttpMethod\nx = [«method:HttpMethod.ANY»]\n`,
    `from aws_cdk.aws_apigatewayv2_alpha import CorsHttpMethod, HttpApi, HttpMethod\nx = [CorsHttpMethod.ANY]\n`,
  );
  spells(
    "a string",
    "s.ts",
    methods("PATCH", "restDefault"),
    `x = [«method:'patch'»];`,
    `x = ['PATCH'];`,
  );
  spells(
    "a string of a function URL",
    "s.py",
    methods("GET", "functionUrl"),
    `x = ["«method:get»"]\n`,
    `x = ["GET"]\n`,
  );
});

describe("writing copy", () => {
  const edits: Edits = (at) => [{ kind: "copy", at: at("to"), with: at("from") }];
  spells(
    "repeats an expression",
    "s.ts",
    edits,
    `a = «from:f(1)»;\nb = «to:g»;\n`,
    `a = f(1);\nb = f(1);\n`,
  );
  spells(
    "repeats an expression of Python",
    "s.py",
    edits,
    `a = «from:f(1)»\nb = «to:g»\n`,
    `a = f(1)\nb = f(1)\n`,
  );
});
