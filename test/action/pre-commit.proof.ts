import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Registry, registryWith } from "../bundles/registry";
import { folderWith, put, removeFolders } from "../workspace/folder";
import { requires } from "../requires";
import { hasProgram } from "../program";
import { evilArchive, plantedFiles, stolen } from "./checkout";

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
  let registry: Registry | undefined;
  before(async function () {
    requires(this, hasProgram("pre-commit"), "pre-commit is not installed");
    registry = await registryWith(version);
  });
  after(() => {
    registry?.stop();
    removeFolders();
  });

  it("refuses a commit with a mistake in what changed, and lets the fixed one through", async () => {
    const hooks = folderWith({
      ".pre-commit-hooks.yaml": read(".pre-commit-hooks.yaml"),
      "scripts/run-published.mjs": read("scripts/run-published.mjs"),
      "package.json": JSON.stringify({ version }),
    });
    chmodSync(path.join(hooks, "scripts/run-published.mjs"), 0o755);
    git(hooks, "init", "--quiet");
    git(hooks, "add", ".");
    git(hooks, "commit", "--quiet", "-m", "hooks");
    // The configuration as documented, with this repository in the place of the published one.
    const [, documented = ""] = /```yaml\n(repos:[^]*?)```/.exec(read("docs/ci.md")) ?? [];
    const config = documented
      .replace(/(repo: ).*/, `$1${hooks}`)
      .replace(/(rev: ).*/, `$1${git(hooks, "rev-parse", "HEAD")}`);
    assert.match(documented, new RegExp(`rev: v${version.replaceAll(".", "\\.")}$`, "m"));

    // A stranger's branch: what lies in it is checked and does not run.
    const evil = await registryWith(version, evilArchive());
    const folder = folderWith({
      ".pre-commit-config.yaml": config,
      "app/cdk.json": "{}",
      "app/stack.ts": stack("https://app.acmecorp.com/"),
      "old/stack.ts": stack("https://old.acmecorp.com/"),
      "readme.md": "",
      ...plantedFiles(evil.url),
    });
    const env = {
      ...process.env,
      CORS_LENS_REGISTRY: registry?.url,
      CORS_LENS_HOME: folderWith({}),
      npm_config_cache: folderWith({}),
      PRE_COMMIT_HOME: path.join(hooks, ".cache"),
    };
    git(folder, "init", "--quiet");
    git(folder, "add", ".pre-commit-config.yaml", "app", "readme.md");
    const preCommit = () =>
      spawnSync("pre-commit", ["run"], { cwd: folder, env, encoding: "utf8" });

    const refused = preCommit();
    assert.equal(refused.status, 1, refused.stdout + refused.stderr);
    assert.ok(!(refused.stdout + refused.stderr).includes(stolen));
    assert.match(refused.stdout, /error\[origin-never-matches\]/);
    assert.match(refused.stdout, /app\/stack\.ts|stack\.ts:3/);
    assert.doesNotMatch(refused.stdout, /old\.acmecorp/);

    put(folder, "app/stack.ts", stack("https://app.acmecorp.com"));
    git(folder, "add", "app");
    const accepted = preCommit();
    assert.equal(accepted.status, 0, accepted.stdout + accepted.stderr);
    assert.match(accepted.stdout, /CORS Lens\.+Passed/);
    assert.deepEqual(evil.asked, []);
    evil.stop();
  });

  it("works as a local hook of `language: node`, as documented", () => {
    const [, config = ""] =
      /```yaml\n(repos:\n {2}- repo: local[^]*?)```/.exec(read("docs/ci.md")) ?? [];
    assert.ok(config.includes(`cors-lens@${version}`));
    const folder = folderWith({
      ".pre-commit-config.yaml": config,
      "app/cdk.json": "{}",
      "app/stack.ts": stack("https://app.acmecorp.com/"),
    });
    const env = {
      ...process.env,
      npm_config_registry: registry?.url,
      npm_config_cache: folderWith({}),
      PRE_COMMIT_HOME: folderWith({}),
    };
    git(folder, "init", "--quiet");
    git(folder, "add", ".");
    const run = spawnSync("pre-commit", ["run"], { cwd: folder, env, encoding: "utf8" });
    assert.equal(run.status, 1, run.stdout + run.stderr);
    assert.match(run.stdout, /error\[origin-never-matches\]/);
  });
});
