import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { folderWith, put, removeFolders } from "../workspace/folder";
import { built } from "../bundles/built";
import { packedOurs } from "../bundles/packed";
import { type Registry, registryWith } from "../bundles/registry";
import { sarifProblems } from "../sarif/schema";
import { evilArchive, plantedFiles, stolen } from "./checkout";

const root = path.resolve(__dirname, "../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const manifest = JSON.parse(read("package.json")) as {
  version: string;
  bin: Record<string, string>;
  dependencies?: Record<string, string>;
};

interface Action {
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly default: string }>
  >;
  readonly runs: {
    readonly steps: readonly { env: Record<string, string>; run: string; shell: string }[];
  };
}

const stack = `import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
new HttpApi(stack, "Api", {
  corsPreflight: {
    allowOrigins: ["https://app.acmecorp.com/"],
    allowHeaders: ["content-type"],
  },
});
`;

describe("GitHub Action", function () {
  this.timeout(120_000); // for the bundles
  let registry: Registry;
  let runner: string;
  before(async () => {
    registry = await registryWith(manifest.version);
    runner = folderWith({});
  });
  after(() => {
    registry.stop();
    removeFolders();
  });
  const action = parse(read("action.yml")) as Action;
  const [step] = action.runs.steps;
  assert.ok(step);

  /** Runs the action's script as a runner does: in a file, by the shell that `shell: bash` means. */
  function run(folder: string, given: Record<string, string>, more: Record<string, string> = {}) {
    const inputs: Record<string, string> = { registry: registry.url, ...given };
    const env: Record<string, string> = {
      ...process.env,
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: folder,
      GITHUB_ACTION_PATH: root,
      RUNNER_TEMP: runner,
      npm_config_cache: path.join(runner, "npm-cache"),
      ...more,
    };
    for (const [name, expression] of Object.entries(step?.env ?? {})) {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? "";
      assert.ok(input in action.inputs, `${name} has no input ${input}`);
      env[name] = inputs[input] ?? String(action.inputs[input]?.default);
    }
    assert.equal(step?.shell, "bash");
    put(folder, ".runner/step.sh", step.run);
    const script = path.join(folder, ".runner/step.sh");
    const options = ["--noprofile", "--norc", "-eo", "pipefail", script];
    return spawnSync("bash", options, { cwd: folder, env, encoding: "utf8" });
  }

  it("annotates and fails for errors", () => {
    const folder = folderWith({ "infra/cdk.json": "{}", "infra/stack.ts": stack });
    const { stdout, status, stderr } = run(folder, {});
    assert.match(stdout, /^::error file=infra\/stack\.ts,line=4,/, stderr);
    assert.equal(status, 1);
  });

  it("takes every input, names with blanks and quotes included, and still writes SARIF", () => {
    const folder = folderWith({
      "my 'app/cdk.json": "{}",
      "my 'app/stack.ts": stack,
      "other/a.ts": stack,
    });
    const { stdout, status, stderr } = run(folder, {
      paths: "my 'app\n",
      "fail-on": "never",
      "max-warnings": "0",
      "sarif-file": "out.sarif",
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^::error file=my 'app\/stack\.ts/);
    assert.doesNotMatch(stdout, /other/);
    const log: unknown = JSON.parse(readFileSync(path.join(folder, "out.sarif"), "utf8"));
    assert.deepEqual(sarifProblems(log), []);
  });

  it("counts warnings, and leaves out what a baseline knows", () => {
    const folder = folderWith({ "cdk.json": "{}", "stack.ts": stack });
    const write = [packedOurs().program, "baseline"];
    assert.equal(spawnSync(process.execPath, write, { cwd: folder }).status, 0);
    const old = 'import { Duration } from "aws-cdk-lib";\n' + stack.replace(".com/", ".com");
    put(folder, "other.ts", old.replace("  },\n", "    maxAge: Duration.days(10),\n  },\n"));
    const known = { baseline: "cors-lens-baseline.json" };
    const { stdout, status } = run(folder, known);
    assert.match(stdout, /^::warning file=other\.ts/);
    assert.doesNotMatch(stdout, /file=stack\.ts/);
    assert.equal(status, 0);
    assert.equal(run(folder, { ...known, "max-warnings": "0" }).status, 1);
  });

  it("posts what a change does to the contract, as the summary of the job", () => {
    const folder = folderWith({});
    cpSync(path.join(root, "examples/acme-orders-ts-fixed"), folder, { recursive: true });
    const write = [packedOurs().program, "contract", "--format", "json"];
    const { stdout: contract } = spawnSync(process.execPath, write, { cwd: folder });
    put(folder, "contract.json", contract);
    const changed = path.join(folder, "lib/orders-stack.ts");
    put(folder, "lib/orders-stack.ts", readFileSync(changed, "utf8").replace("//qa2.", "//new."));
    const summary = path.join(folder, "summary.md");
    const posted = { GITHUB_STEP_SUMMARY: summary };
    const { status, stderr } = run(folder, { contract: "contract.json" }, posted);
    assert.equal(status, 0, stderr);
    assert.match(
      readFileSync(summary, "utf8"),
      /^## What pages may call\n\n### Opens: [^]*\| OrdersApi GET \/orders \| https:\/\/new\.acmecorp\.com \|/,
    );
    assert.equal(run(folder, { contract: "missing.json" }, posted).status, 1);
  });

  it("says so when it cannot run", () => {
    const folder = folderWith({ "a.ts": "" });
    const { status, stderr } = run(folder, { baseline: "missing.json" });
    assert.equal(status, 2);
    assert.match(stderr, /cannot read the baseline/);
  });

  it("and the pre-commit hook run the version that they are released with", () => {
    assert.equal(action.inputs["version"]?.default, manifest.version);
    assert.equal(action.inputs["registry"]?.default, "https://registry.npmjs.org/");
    const [hook] = parse(read(".pre-commit-hooks.yaml")) as { language: string; entry: string }[];
    assert.equal(hook?.language, "script");
    assert.equal(hook?.entry, "scripts/run-published.mjs check");
    assert.ok(existsSync(path.join(root, "scripts/run-published.mjs")));
  });

  it("runs no byte of the checkout, and asks no registry that it names", async () => {
    const evil = await registryWith(manifest.version, evilArchive());
    const files = { "cdk.json": "{}", "stack.ts": stack, ...plantedFiles(evil.url) };
    const folder = folderWith(files);
    const own = folderWith({});
    // As a job that has yarn's Plug'n'Play switched on would set it.
    const preset = { NODE_OPTIONS: "--require ./.pnp.cjs", RUNNER_TEMP: own };
    const { stdout, status, stderr } = run(folder, {}, preset);
    assert.match(stdout, /^::error file=stack\.ts,line=4,/, stderr);
    assert.equal(status, 1);
    assert.ok(!(stdout + stderr).includes(stolen));
    assert.ok(!existsSync(path.join(folder, "ran")));
    assert.deepEqual(evil.asked, []);
    evil.stop();
  });

  it("takes a package only with the integrity that was asked for", () => {
    const folder = folderWith({ "cdk.json": "{}", "stack.ts": stack });
    const right = `sha512-${createHash("sha512").update(readFileSync(packedOurs().archive)).digest("base64")}`;
    const { stdout, stderr } = run(folder, { integrity: right });
    assert.match(stdout, /^::error file=stack\.ts,line=4,/, stderr);
    const wrong = `sha512-${createHash("sha512").update("another").digest("base64")}`;
    const refused = run(folder, { integrity: wrong }, { npm_config_cache: folderWith({}) });
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /could not be installed/);
    assert.equal(refused.stdout, "");
  });

  it("runs no install script of the package", async () => {
    const evil = await registryWith(manifest.version, evilArchive());
    const folder = folderWith({ "a.ts": "" });
    const own = { RUNNER_TEMP: folderWith({}), npm_config_cache: folderWith({}) };
    const { stdout } = run(folder, { registry: evil.url }, own);
    evil.stop();
    // The package itself runs once: that is what was asked for. Its script does not.
    assert.equal(stdout.split(stolen).length - 1, 1);
  });

  it("refuses what is no version, no integrity and no registry", () => {
    const folder = folderWith({ "a.ts": "" });
    for (const inputs of [
      { version: "file:." },
      { version: "latest" },
      { version: "../x" },
      { integrity: "sha1-abc" },
      { registry: "file:///tmp" },
      { registry: "https://registry.example/ --script-shell=x" },
    ]) {
      const { status, stderr } = run(folder, inputs);
      assert.equal(status, 2, JSON.stringify(inputs));
      assert.match(stderr, /cors-lens: /);
    }
  });

  it("describes every input, and no input gets into the script but by the environment", () => {
    for (const { description } of Object.values(action.inputs)) assert.ok(description.length > 10);
    assert.doesNotMatch(step?.run ?? "", /\$\{\{/);
  });
});

describe("npm package", () => {
  after(removeFolders);

  it("holds its two programs and what they load, and depends on nothing", function () {
    this.timeout(120_000);
    built();
    const folder = folderWith({});
    mkdirSync(path.join(folder, "cache"));
    const env = { ...process.env, npm_config_cache: path.join(folder, "cache") };
    const packed = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: root,
      env,
      encoding: "utf8",
    });
    const [{ files }] = JSON.parse(packed.stdout) as [{ files: { path: string }[] }];
    const names = files.map((file) => file.path);
    for (const file of [
      ...Object.values(manifest.bin),
      "schemas/cors-lens.schema.json",
      "dist/THIRD-PARTY-NOTICES.txt",
      "README.md",
      "LICENSE",
    ]) {
      assert.ok(names.includes(path.normalize(file)), file);
    }
    for (const chunk of readdirSync(path.join(root, "dist")).filter((name) =>
      name.endsWith(".js"),
    )) {
      assert.equal(names.includes(`dist/${chunk}`), chunk !== "extension.js", chunk);
    }
    assert.ok(
      names.every((name) =>
        /^(dist|schemas)\/|^(README|CHANGELOG|LICENSE)|^package\.json$/.test(name),
      ),
    );
    assert.deepEqual(manifest.dependencies ?? {}, {});
  });

  it("names its programs as the documentation does", () => {
    assert.deepEqual(Object.keys(manifest.bin).sort(), ["cors-lens", "cors-lens-language-server"]);
  });
});
