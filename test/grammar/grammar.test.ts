import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { probe, probeReportText } from "../../server/src/probe";
import { marked, tokens } from "./engine";

const directive = /^(keyword\.control\.directive|entity\.name\.tag\.rule|string\.unquoted\.reason)/;
const header = /header\.cors-lens$/;
const [keyword, rule, reason] = [
  "keyword.control.directive.cors-lens",
  "entity.name.tag.rule.cors-lens",
  "string.unquoted.reason.cors-lens",
];

describe("highlighting of directives", () => {
  const cases: readonly (readonly [
    string,
    string,
    string,
    readonly (readonly [string, string])[],
  ])[] = [
    [
      "a line comment",
      "source.ts",
      "f(); // cors-lens-disable-line a-rule, b-rule: why",
      [
        ["cors-lens-disable-line", keyword],
        ["a-rule", rule],
        ["b-rule", rule],
        ["why", reason],
      ],
    ],
    [
      "a reason after dashes",
      "source.ts",
      "// cors-lens-disable-next-line a-rule -- public data",
      [
        ["cors-lens-disable-next-line", keyword],
        ["a-rule", rule],
        ["public data", reason],
      ],
    ],
    [
      "a block comment",
      "source.ts",
      "/* cors-lens-disable-file */ f();",
      [["cors-lens-disable-file", keyword]],
    ],
    [
      "a block comment over lines",
      "source.js",
      "/**\n * cors-lens-disable-file a-rule: why\n */",
      [
        ["cors-lens-disable-file", keyword],
        ["a-rule", rule],
        ["why", reason],
      ],
    ],
    [
      "Python",
      "source.python",
      "x = 1  # cors-lens-disable-line a-rule: why",
      [
        ["cors-lens-disable-line", keyword],
        ["a-rule", rule],
        ["why", reason],
      ],
    ],
    ["no directive: another word", "source.ts", "// cors-lens-disable-lines a-rule", []],
    ["no directive: not first in its comment", "source.ts", "// see cors-lens-disable-line", []],
    ["no directive: a string", "source.ts", 'f("// cors-lens-disable-line a-rule");', []],
  ];
  for (const [what, scope, text, expected] of cases) {
    it(`marks ${what}`, async () => {
      assert.deepEqual(await marked(scope, text, directive), expected);
    });
  }

  it("leaves the end of a block comment to its language", async () => {
    const found = await tokens("source.ts", "/* cors-lens-disable-line a-rule: why */ f();");
    const last = found.find(({ text }) => text === "*/");
    assert.ok(last?.scopes.includes("punctuation.definition.comment.ts"), JSON.stringify(found));
    const call = found.find(({ text }) => text === "f");
    assert.ok(call?.scopes.includes("entity.name.function.ts"));
  });
});

describe("highlighting of header names", () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ["source.ts", 'h = { "Access-Control-Allow-Origin": "*" }', ["Access-Control-Allow-Origin"]],
    ["source.ts", "h['access-control-max-age'] = `x`", ["access-control-max-age"]],
    [
      "source.ts",
      "s = `Access-Control-Expose-Headers: ${f(x)}`",
      ["Access-Control-Expose-Headers"],
    ],
    [
      "source.ts",
      'k = "gatewayresponse.header.Access-Control-Allow-Headers"',
      ["Access-Control-Allow-Headers"],
    ],
    [
      "source.python",
      "h = {'Access-Control-Allow-Methods': 'GET'}",
      ["Access-Control-Allow-Methods"],
    ],
    [
      "source.python",
      'h = f"Access-Control-Request-Method: {m}"',
      ["Access-Control-Request-Method"],
    ],
    ["source.ts", 'h = { "Access-Control-Allow-Orgin": "*" }', []],
    ["source.ts", 'h = "X-Access-Control-Allow-Origin"', []],
    ["source.ts", "// Access-Control-Allow-Origin", []],
    ["source.python", '"""\nAccess-Control-Allow-Origin\n"""', []],
  ];
  for (const [scope, text, expected] of cases) {
    it(`in ${text.replaceAll("\n", "⏎")}`, async () => {
      const found = await marked(scope, text, header);
      assert.deepEqual(
        found.map(([piece]) => piece),
        expected,
      );
    });
  }
});

describe("highlighting of a probe's report", () => {
  let server: Server;
  let report = "";
  before(async () => {
    server = createServer((request, response) => {
      const origin = { "access-control-allow-origin": "https://app.example" };
      response.writeHead(request.method === "OPTIONS" ? 204 : 200, origin).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    report = probeReportText(
      await probe({
        endpoint: `http://127.0.0.1:${port}/orders`,
        origins: ["https://app.example"],
        methods: ["GET", "PUT"],
        pace: 0,
      }),
    );
  });
  after((done) => {
    server.close(done);
  });

  const own = /\.cors-probe$/;
  const pieces = async (scope: string) =>
    (await tokens("text.cors-probe", report))
      .filter(({ scopes }) => scopes.some((each) => each.startsWith(scope)))
      .map(({ text }) => text);

  it("tells verdicts, severities, rules, methods and headers apart", async () => {
    assert.ok((await pieces("markup.deleted.verdict")).includes("blocked at preflight"));
    // From a public page to this machine: allowed on a condition.
    assert.ok((await pieces("markup.changed.verdict")).includes("conditional"));
    assert.ok((await pieces("markup.deleted.severity")).includes("error"));
    assert.ok((await pieces("entity.name.tag.rule")).includes("allow-methods-missing"));
    assert.ok((await pieces("keyword.other.method")).includes("OPTIONS"));
    assert.ok((await pieces("constant.numeric.status")).includes("204"));
    const headers = await pieces("support.type.property-name.header");
    for (const name of ["Origin", "Access-Control-Request-Method", "access-control-allow-origin"]) {
      assert.ok(headers.includes(name), name);
    }
  });

  it("tells what is allowed from what is not", async () => {
    const row = "https://a.example  GET  allowed (inferred)  not tested  https://api.example/x";
    assert.deepEqual(
      (await marked("text.cors-probe", row, /verdict/)).map(([piece]) => piece),
      ["allowed", "(inferred)", "not tested"],
    );
  });

  it("marks every heading, exchange, header and field of a real report", async () => {
    const plain: string[] = [];
    for (const line of report.split("\n").filter((each) => /^(#|[<>!-] | *[a-z ]+: )/.test(each))) {
      const found = await tokens("text.cors-probe", line);
      if (!found.some(({ scopes }) => scopes.slice(1).some((each) => own.test(each))))
        plain.push(line);
    }
    assert.deepEqual(plain, []);
    assert.ok(report.split("\n").length > 30);
  });
});

describe("grammars", () => {
  it("are all contributed", () => {
    const root = path.resolve(__dirname, "../..");
    const manifest = readFileSync(path.join(root, "package.json"), "utf8");
    for (const file of readdirSync(path.join(root, "syntaxes"))) {
      assert.ok(manifest.includes(`"./syntaxes/${file}"`), file);
    }
  });
});
