import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { npxWithOurs } from "../bundles/packed";
import { folderWith, put, removeFolders } from "../workspace/folder";
import { requires } from "../requires";
import { hasProgram } from "../program";

const root = path.resolve(__dirname, "../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const { version } = JSON.parse(read("package.json")) as { version: string };

function git(cwd: string, ...args: string[]): string {
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...who, ...args], { cwd, encoding: "utf8" }).trim();
}

const stack = (origin: string): string => `import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
new HttpApi(stack, "Api", {
  corsPreflight: { allowOrigins: ["${origin}"], allowHeaders: ["content-type"] },
});
`;

describe("pre-commit hook", function () {
  this.timeout(300_000); // an installation on the first run
  before(function () {
    requires(this, hasProgram("pre-commit"), "pre-commit is not installed");
  });
  after(removeFolders);

  it("refuses a commit with a mistake in what changed, and lets the mended one through", () => {
    const hooks = folderWith({ ".pre-commit-hooks.yaml": read(".pre-commit-hooks.yaml") });
    git(hooks, "init", "--quiet");
    git(hooks, "add", ".");
    git(hooks, "commit", "--quiet", "-m", "hooks");
    // The configuration as documented, with this repository in the place of the published one.
    const [, documented = ""] = /```yaml\n(repos:[^]*?)```/.exec(read("docs/ci.md")) ?? [];
    const config = documented
      .replace(/(repo: ).*/, `$1${hooks}`)
      .replace(/(rev: ).*/, `$1${git(hooks, "rev-parse", "HEAD")}`);
    assert.match(documented, new RegExp(`rev: v${version.replaceAll(".", "\\.")}$`, "m"));

    const folder = folderWith({
      ".pre-commit-config.yaml": config,
      "app/cdk.json": "{}",
      "app/stack.ts": stack("https://app.acmecorp.com/"),
      "old/stack.ts": stack("https://old.acmecorp.com/"),
      "readme.md": "",
    });
    const env = {
      ...process.env,
      PATH: `${npxWithOurs(version)}:${process.env["PATH"]}`,
      PRE_COMMIT_HOME: path.join(hooks, ".cache"),
    };
    git(folder, "init", "--quiet");
    git(folder, "add", ".pre-commit-config.yaml", "app", "readme.md");
    const preCommit = () =>
      spawnSync("pre-commit", ["run"], { cwd: folder, env, encoding: "utf8" });

    const refused = preCommit();
    assert.equal(refused.status, 1, refused.stdout + refused.stderr);
    assert.match(refused.stdout, /error\[origin-never-matches\]/);
    assert.match(refused.stdout, /app\/stack\.ts|stack\.ts:3/);
    assert.doesNotMatch(refused.stdout, /old\.acmecorp/);

    put(folder, "app/stack.ts", stack("https://app.acmecorp.com"));
    git(folder, "add", "app");
    const accepted = preCommit();
    assert.equal(accepted.status, 0, accepted.stdout + accepted.stderr);
    assert.match(accepted.stdout, /CORS Lens\.+Passed/);
  });
});
