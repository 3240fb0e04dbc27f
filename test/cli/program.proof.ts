import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { JsonReport } from "../../server/src/report/json";
import { folderWith, removeFolders } from "../workspace/folder";

const root = path.resolve(__dirname, "../..");

function node(args: readonly string[], cwd: string) {
  const tsx = path.join(root, "node_modules/tsx/dist/loader.mjs");
  return spawnSync(process.execPath, ["--import", `file://${tsx}`, ...args], {
    cwd,
    encoding: "utf8",
  });
}

const stack = `import { Duration } from "aws-cdk-lib";
import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
new HttpApi(stack, "Api", {
  corsPreflight: {
    allowOrigins: ["https://app.acmecorp.com/"],
    allowHeaders: ["content-type"],
    maxAge: Duration.days(10),
  },
});
`;

describe("cors-lens as a program", () => {
  after(removeFolders);
  const cli = path.join(root, "server/src/cli.ts");

  it("finds, fixes and ends with the right code", () => {
    const folder = folderWith({ "cdk.json": "{}", "stack.ts": stack });
    const before = node([cli, "check", "--format", "json"], folder);
    const report = JSON.parse(before.stdout) as JsonReport;
    assert.deepEqual(
      report.findings.map(({ rule, range }) => [rule, range.start.line]),
      [
        ["origin-never-matches", 5],
        ["max-age-out-of-range", 7],
      ],
    );
    assert.equal(before.status, 1);
    const fixing = node([cli, "check", "--fix", "--fail-on", "warning"], folder);
    assert.equal(fixing.status, 0, fixing.stdout);
    assert.equal(
      readFileSync(path.join(folder, "stack.ts"), "utf8"),
      stack.replace("acmecorp.com/", "acmecorp.com").replace("days(10)", "hours(2)"),
    );
  });

  it("shows no colours and no progress when nobody looks", () => {
    const folder = folderWith({ "cdk.json": "{}", "stack.ts": stack });
    const { stdout, stderr } = node([cli, "check"], folder);
    assert.doesNotMatch(stdout, /\u001b/);
    assert.equal(stderr, "");
  });
});

describe("generated files", () => {
  it("are up to date", () => {
    const { status, stderr } = node([path.join(root, "scripts/generate.mjs"), "--check"], root);
    assert.equal(stderr, "");
    assert.equal(status, 0);
  });
});
