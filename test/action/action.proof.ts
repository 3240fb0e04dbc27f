import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { folderWith, put, removeFolders } from "../workspace/folder";
import { built } from "../bundles/built";
import { npxWithOurs } from "../bundles/packed";
import { sarifProblems } from "../sarif/schema";

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
  after(removeFolders);
  const action = parse(read("action.yml")) as Action;
  const [step] = action.runs.steps;
  assert.ok(step);

  /** Runs the action's script as a runner does: in a file, by the shell that `shell: bash` means. */
  function run(folder: string, inputs: Record<string, string>) {
    const version = inputs["version"] ?? String(action.inputs["version"]?.default);
    const env: Record<string, string> = {
      ...process.env,
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: folder,
      PATH: `${npxWithOurs(version)}:${process.env["PATH"]}`,
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
    const env = { ...process.env, PATH: `${npxWithOurs(manifest.version)}:${process.env["PATH"]}` };
    const write = ["--yes", `cors-lens@${manifest.version}`, "baseline"];
    assert.equal(spawnSync("npx", write, { cwd: folder, env }).status, 0);
    const old = 'import { Duration } from "aws-cdk-lib";\n' + stack.replace(".com/", ".com");
    put(folder, "other.ts", old.replace("  },\n", "    maxAge: Duration.days(10),\n  },\n"));
    const known = { baseline: "cors-lens-baseline.json" };
    const { stdout, status } = run(folder, known);
    assert.match(stdout, /^::warning file=other\.ts/);
    assert.doesNotMatch(stdout, /file=stack\.ts/);
    assert.equal(status, 0);
    assert.equal(run(folder, { ...known, "max-warnings": "0" }).status, 1);
  });

  it("says so when it cannot run", () => {
    const folder = folderWith({ "a.ts": "" });
    const { status, stderr } = run(folder, { baseline: "missing.json" });
    assert.equal(status, 2);
    assert.match(stderr, /cannot read the baseline/);
  });

  it("and the pre-commit hook use this version", () => {
    assert.equal(action.inputs["version"]?.default, manifest.version);
    const [hook] = parse(read(".pre-commit-hooks.yaml")) as { id: string; entry: string }[];
    assert.equal(hook?.entry, `npx --yes cors-lens@${manifest.version} check`);
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
