import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { folderWith, removeFolders } from "../workspace/folder";
import { requires } from "../requires";
import { hasProgram } from "../program";
import { globalPrograms } from "../bundles/packed";

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
    requires(this, hasProgram("nvim"), "Neovim is not installed");
  });
  after(removeFolders);

  /** What Neovim saw and did. */
  function drive(folder: string, wish: object): Driven {
    const report = path.join(folder, "report.json");
    const { stderr } = spawnSync(
      "nvim",
      ["--headless", "--clean", "-n", "-i", "NONE", "-S", path.join(__dirname, "drive.lua")],
      {
        cwd: folder,
        encoding: "utf8",
        timeout: 240_000,
        env: {
          ...process.env,
          PATH: `${globalPrograms()}:${process.env["PATH"]}`,
          CORS_LENS_DRIVE: JSON.stringify({ ...wish, code: "origin-never-matches", report }),
          XDG_STATE_HOME: folder,
          XDG_CACHE_HOME: folder,
        },
      },
    );
    assert.ok(existsSync(report), `Neovim wrote no report: ${stderr}`);
    return JSON.parse(readFileSync(report, "utf8")) as Driven;
  }

  for (const [name, text, line] of [
    ["stack.ts", typescript, 4],
    ["app.py", python, 6],
  ] as const) {
    it(`shows diagnostics of ${name}, and a code action fixes it`, () => {
      const folder = folderWith({ "cdk.json": "{}", [name]: text });
      const file = path.join(folder, name);
      const driven = drive(folder, { cmd: server, file, root: folder });
      assert.equal(driven.failure, undefined);
      const [diagnostic] = driven.diagnostics.filter(({ code }) => code === "origin-never-matches");
      assert.deepEqual([diagnostic?.source, diagnostic?.line], ["cors-lens", line]);
      assert.match(diagnostic?.message ?? "", /^No browser sends this origin/);
      assert.deepEqual(driven.titles.slice(0, 1), ["Write https://app.acmecorp.com"]);
      assert.match(driven.titles.at(-1) ?? "", /^Suppress origin-never-matches/);
      assert.equal(readFileSync(file, "utf8"), text.replace(".com/", ".com"));
    });
  }

  it("works as the documentation says, with the programs of the npm package", () => {
    const documented = readFileSync(path.join(root, "docs/editors.md"), "utf8");
    const snippets = [...documented.matchAll(/```lua\n([^]*?)```/g)].map(([, lua = ""]) => lua);
    const version = spawnSync("nvim", ["--version"], { encoding: "utf8" }).stdout;
    const [, minor = "0"] = /^NVIM v0\.(\d+)/.exec(version) ?? [];
    const snippet = snippets[Number(minor) >= 11 ? 0 : 1];
    assert.ok(snippet, version);
    const folder = folderWith({ "cdk.json": "{}", "app.py": python, "snippet.lua": snippet });
    const file = path.join(folder, "app.py");
    const driven = drive(folder, { file, snippet: path.join(folder, "snippet.lua") });
    assert.equal(driven.failure, undefined);
    assert.equal(readFileSync(file, "utf8"), python.replace(".com/", ".com"));
  });
});
