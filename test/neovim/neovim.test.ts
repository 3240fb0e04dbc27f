import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { folderWith, removeFolders } from "../workspace/folder";
import { hasProgram } from "../action/debian";

const root = path.resolve(__dirname, "../..");
const loader = `file://${path.join(root, "node_modules/tsx/dist/loader.mjs")}`;
const server = [
  process.execPath,
  "--import",
  loader,
  path.join(root, "server/src/main.ts"),
  "--stdio",
];

interface Driven {
  readonly failure?: string;
  readonly diagnostics: readonly { code: string; source: string; line: number; message: string }[];
  readonly titles: readonly string[];
}

const typescript = `import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
new HttpApi(stack, "Api", {
  corsPreflight: {
    allowOrigins: ["https://app.acmecorp.com/"],
    allowHeaders: ["content-type"],
  },
});
`;
const python = `from aws_cdk import aws_apigatewayv2 as apigw
apigw.HttpApi(
    stack,
    "Api",
    cors_preflight=apigw.CorsPreflightOptions(
        allow_origins=["https://app.acmecorp.com/"],
        allow_headers=["content-type"],
    ),
)
`;

describe("language server in Neovim", function () {
  // An editor, a server, and on the first run an installation.
  this.timeout(300_000);
  before(function () {
    if (!hasProgram("nvim", "neovim")) this.skip();
  });
  after(removeFolders);

  for (const [name, text, line] of [
    ["stack.ts", typescript, 4],
    ["app.py", python, 6],
  ] as const) {
    it(`shows diagnostics of ${name}, and a code action mends it`, () => {
      const folder = folderWith({ "cdk.json": "{}", [name]: text });
      const file = path.join(folder, name);
      const report = path.join(folder, "report.json");
      const wish = { cmd: server, file, root: folder, code: "origin-never-matches", report };
      const { stderr } = spawnSync(
        "nvim",
        ["--headless", "--clean", "-n", "-i", "NONE", "-S", path.join(__dirname, "drive.lua")],
        {
          encoding: "utf8",
          timeout: 240_000,
          env: {
            ...process.env,
            CORS_LENS_DRIVE: JSON.stringify(wish),
            XDG_STATE_HOME: folder,
            XDG_CACHE_HOME: folder,
          },
        },
      );
      assert.ok(existsSync(report), `Neovim wrote no report: ${stderr}`);
      const driven = JSON.parse(readFileSync(report, "utf8")) as Driven;
      assert.equal(driven.failure, undefined);
      const [diagnostic] = driven.diagnostics.filter(({ code }) => code === wish.code);
      assert.deepEqual([diagnostic?.source, diagnostic?.line], ["cors-lens", line]);
      assert.match(diagnostic?.message ?? "", /^No browser sends this origin/);
      assert.deepEqual(driven.titles.slice(0, 1), ["Write https://app.acmecorp.com"]);
      assert.match(driven.titles.at(-1) ?? "", /^Suppress origin-never-matches/);
      assert.equal(readFileSync(file, "utf8"), text.replace(".com/", ".com"));
    });
  }
});
