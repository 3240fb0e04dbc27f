import assert from "node:assert/strict";
import { applied, declines, marked, spelled, spells, writerOf, type Edits } from "./spell";

const policy: Edits = (at) => [
  {
    kind: "addPolicy",
    form: "httpApi",
    call: at("call"),
    policy: { allowOrigins: ["https://www.example.com"], allowMethods: ["PUT"] },
  },
];
const lasts: Edits = (at) => [
  { kind: "addPolicy", form: "httpApi", call: at("call"), policy: { maxAge: 60 } },
];

describe("the style of a file", () => {
  spells(
    "tabs, no semicolons, no last commas, no blanks in braces",
    "s.ts",
    policy,
    `import {HttpApi} from '@aws-cdk/aws-apigatewayv2-alpha'
class S {
\tconstructor() {
\t\tfoo({
\t\t\ta: 1
\t\t})
\t\tthis.api = «call:new HttpApi(this, 'Api')»
\t}
}
`,
    `import {HttpApi, CorsHttpMethod} from '@aws-cdk/aws-apigatewayv2-alpha'
class S {
\tconstructor() {
\t\tfoo({
\t\t\ta: 1
\t\t})
\t\tthis.api = new HttpApi(this, 'Api', {
\t\t\tcorsPreflight: {
\t\t\t\tallowOrigins: ['https://www.example.com'],
\t\t\t\tallowMethods: [CorsHttpMethod.PUT]
\t\t\t}
\t\t})
\t}
}
`,
  );

  it("lines that end in CR LF, in both languages", async () => {
    const typescript = `import * as v2 from "aws-cdk-lib/aws-apigatewayv2";\r\n«call:new v2.HttpApi(this, "A", {\r\n  apiName: "a", // name\r\n})»;\r\n`;
    const python = `import aws_cdk.aws_apigatewayv2 as v2\r\n«call:v2.HttpApi(\r\n    self,\r\n    "A"  # id\r\n)»\r\n`;
    for (const [file, before] of [
      ["s.ts", typescript],
      ["s.py", python],
    ] as const) {
      const after = await spelled(file, before, policy);
      assert(after, `${file} is written`);
      assert.equal(
        after.split("\n").length,
        after.split("\r\n").length,
        "no line ends in LF alone",
      );
      assert.equal(
        after.replaceAll("\r", ""),
        await spelled(file, before.replaceAll("\r", ""), policy),
      );
    }
  });

  it("changes nothing but what an edit is about", async () => {
    const before = `import {  Stack  } from "aws-cdk-lib"\n\n\nconst  x = «block:{ allowOrigins:  ["*"],\n   allowHeaders : [ 'a' ] }»\n`;
    const { text, at } = marked("s.ts", before);
    const write = await writerOf("s.ts");
    const edits = write(
      "s.ts",
      text,
      [
        {
          kind: "setPolicyFields",
          form: "httpApi",
          block: at("block"),
          fields: { allowOrigins: ["https://www.example.com"] },
        },
      ],
      () => undefined,
    );
    assert.deepEqual(edits, [
      {
        at: { file: "s.ts", start: text.indexOf("*"), end: text.indexOf("*") + 1 },
        text: "https://www.example.com",
      },
    ]);
    assert.equal(applied(text, edits ?? []), text.replace("*", "https://www.example.com"));
  });

  it("gives no replacements where everything is written already", async () => {
    const write = await writerOf("s.py");
    const { text, at } = marked("s.py", `x = «list:["a"]»\n`);
    const edits = write(
      "s.py",
      text,
      [
        {
          kind: "addToList",
          form: "restDefault",
          field: "allowHeaders",
          list: at("list"),
          items: ["a"],
        },
      ],
      () => undefined,
    );
    assert.deepEqual(edits, []);
  });
});

describe("imports", () => {
  const api = `«call:new HttpApi(this, "Api")»;\n`;
  const age = `new HttpApi(this, "Api", { corsPreflight: { maxAge: DURATION.minutes(1) } });\n`;
  for (const [what, file, imports, extended, name] of [
    [
      "a namespace",
      "s.ts",
      `import * as cdk from "aws-cdk-lib";\n`,
      `import * as cdk from "aws-cdk-lib";\n`,
      "cdk.Duration",
    ],
    [
      "another name",
      "s.ts",
      `import { Duration as D } from "aws-cdk-lib";\n`,
      `import { Duration as D } from "aws-cdk-lib";\n`,
      "D",
    ],
    [
      "a default import",
      "s.ts",
      `import cdk from "aws-cdk-lib";\n`,
      `import cdk from "aws-cdk-lib";\n`,
      "cdk.Duration",
    ],
    [
      "import = require",
      "s.ts",
      `import cdk = require("@aws-cdk/core");\n`,
      `import cdk = require("@aws-cdk/core");\n`,
      "cdk.Duration",
    ],
    [
      "require",
      "s.js",
      `const cdk = require("aws-cdk-lib");\n`,
      `const cdk = require("aws-cdk-lib");\n`,
      "cdk.Duration",
    ],
    [
      "names of require",
      "s.js",
      `const { App } = require("aws-cdk-lib");\n`,
      `const { App, Duration } = require("aws-cdk-lib");\n`,
      "Duration",
    ],
    [
      "another module required",
      "s.js",
      `const fs = require("fs");\n`,
      `const fs = require("fs");\nconst { Duration } = require("aws-cdk-lib");\n`,
      "Duration",
    ],
    [
      "names of a module",
      "s.ts",
      `import { App, Stack } from "aws-cdk-lib";\n`,
      `import { App, Duration, Stack } from "aws-cdk-lib";\n`,
      "Duration",
    ],
    [
      "names on lines",
      "s.ts",
      `import {\n  // all\n  Stack,\n  Token,\n} from "aws-cdk-lib";\n`,
      `import {\n  Duration,\n  // all\n  Stack,\n  Token,\n} from "aws-cdk-lib";\n`,
      "Duration",
    ],
    [
      "types only",
      "s.ts",
      `import type { App } from "aws-cdk-lib";\n`,
      `import type { App } from "aws-cdk-lib";\nimport { Duration } from "aws-cdk-lib";\n`,
      "Duration",
    ],
    [
      "CDK of version 1",
      "s.ts",
      `import { A } from "@aws-cdk/aws-apigatewayv2";\n`,
      `import { A } from "@aws-cdk/aws-apigatewayv2";\nimport { Duration } from "@aws-cdk/core";\n`,
      "Duration",
    ],
    [
      "a name that is taken",
      "s.ts",
      `import { App } from "aws-cdk-lib";\nclass Duration {}\n`,
      `import { App, Duration as CdkDuration } from "aws-cdk-lib";\nclass Duration {}\n`,
      "CdkDuration",
    ],
    ["nothing", "s.ts", ``, `import { Duration } from "aws-cdk-lib";\n\n`, "Duration"],
  ] as const) {
    spells(`from ${what}`, file, lasts, imports + api, extended + age.replace("DURATION", name));
  }

  const call = `«call:HttpApi(self)»\n`;
  const result = `HttpApi(self, cors_preflight=v2.CorsPreflightOptions(max_age=DURATION.minutes(1)))\n`;
  const v2 = `import aws_cdk.aws_apigatewayv2 as v2\n`;
  for (const [what, imports, extended, name] of [
    ["the module", `import aws_cdk as cdk\n${v2}`, `import aws_cdk as cdk\n${v2}`, "cdk.Duration"],
    ["a plain import", `import aws_cdk\n${v2}`, `import aws_cdk\n${v2}`, "aws_cdk.Duration"],
    [
      "another name",
      `from aws_cdk import Duration as D\n${v2}`,
      `from aws_cdk import Duration as D\n${v2}`,
      "D",
    ],
    [
      "version 1",
      `from aws_cdk import core as cdk\n${v2}`,
      `from aws_cdk import core as cdk\n${v2}`,
      "cdk.Duration",
    ],
    [
      "names of version 1",
      `from aws_cdk.core import App\n${v2}`,
      `from aws_cdk.core import App, Duration\n${v2}`,
      "Duration",
    ],
    ["everything", `from aws_cdk import *\n${v2}`, `from aws_cdk import *\n${v2}`, "Duration"],
    [
      "brackets",
      `from aws_cdk import (\n    App, Stack\n)\n${v2}`,
      `from aws_cdk import (\n    App, Duration, Stack\n)\n${v2}`,
      "Duration",
    ],
    ["another module", v2, `${v2}from aws_cdk import Duration\n`, "Duration"],
    [
      "a name that is taken",
      `from aws_cdk import App\n${v2}Duration = 1\n`,
      `from aws_cdk import App, Duration as CdkDuration\n${v2}Duration = 1\n`,
      "CdkDuration",
    ],
  ] as const) {
    spells(
      `of Python from ${what}`,
      "s.py",
      lasts,
      imports + call,
      extended + result.replace("DURATION", name),
    );
  }
});

describe("a writer", () => {
  declines("a broken file", "s.ts", policy, `«call:new HttpApi(this)»; function {\n`);
  declines("a broken file of Python", "s.py", policy, `«call:HttpApi(self)»\ndef f(:\n`);
  declines(
    "all edits when one cannot be spelled",
    "s.ts",
    (at) => [...policy(at), { kind: "removeEntry", entry: at("x") }],
    `«call:new HttpApi(this, "A")»; y «x:+ z»;`,
  );
  declines(
    "a result that would not parse",
    "s.ts",
    (at) => [{ kind: "copy", at: at("to"), with: at("from") }],
    `a = «to:1»; «from:b =» "c";`,
  );
  declines(
    "a place of another file",
    "s.ts",
    () => [{ kind: "removeStatement", statement: { file: "t.ts", start: 0, end: 1 } }],
    `a;`,
  );

  for (const file of ["s.ts", "s.py"]) {
    it(`survives code that nests deeply (${file})`, async () => {
      const text = `x = ${"[".repeat(20000)}${"]".repeat(20000)}\n`;
      const write = await writerOf(file);
      const at = { file, start: 0, end: text.length - 1 };
      const edits = write(
        file,
        text,
        [{ kind: "removeStatement", statement: at }],
        () => undefined,
      );
      assert(edits === undefined || applied(text, edits) === "");
    });
  }

  it("copies from another file", async () => {
    const edit: Edits = (at) => [
      { kind: "copy", at: at("to"), with: { file: "b.ts", start: 4, end: 8 } },
    ];
    assert.equal(await spelled("a.ts", `x = «to:1»;`, edit, { "b.ts": `y = f(2);` }), `x = f(2);`);
    assert.equal(await spelled("a.ts", `x = «to:1»;`, edit), undefined);
  });
});
