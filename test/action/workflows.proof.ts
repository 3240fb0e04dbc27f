import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse } from "yaml";

const root = path.resolve(__dirname, "../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const { version } = JSON.parse(read("package.json")) as { version: string };

type Rights = Readonly<Record<string, string>>;
interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | boolean>>;
  readonly run?: string;
}
interface Workflow {
  readonly permissions?: Rights;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions?: Rights;
        readonly steps: readonly Step[];
        readonly strategy?: {
          readonly matrix: { readonly include: readonly { command: string }[] };
        };
      }
    >
  >;
}

const writesOf = ({ permissions = {} }: { readonly permissions?: Rights }): boolean =>
  Object.values(permissions).includes("write");

const workflow = (text: string): Workflow => parse(text) as Workflow;

describe("workflows", () => {
  it("pin what they install", () => {
    const folder = path.join(root, ".github/workflows");
    for (const file of readdirSync(folder)) {
      const text = readFileSync(path.join(folder, file), "utf8");
      assert.ok(
        Object.values(workflow(text).jobs).every(({ steps }) => steps.length > 0),
        file,
      );
      assert.doesNotMatch(text, /\bnpx\b|npm (i|install|exec|x)\b|curl|wget/, file);
      for (const [line] of text.matchAll(/uses: .*/g)) {
        assert.match(line, /^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, file);
      }
    }
  });

  it("lock the programs that publish, each with its integrity", () => {
    const own = JSON.parse(read(".github/publish/package.json")) as {
      dependencies: Record<string, string>;
    };
    const lock = JSON.parse(read(".github/publish/package-lock.json")) as {
      packages: Record<string, { version: string; integrity?: string; dependencies?: object }>;
    };
    assert.deepEqual(lock.packages[""]?.dependencies, own.dependencies);
    for (const [name, spec] of Object.entries(own.dependencies)) {
      assert.equal(lock.packages[`node_modules/${name}`]?.version, spec);
    }
    for (const [name, { integrity }] of Object.entries(lock.packages)) {
      if (name !== "") assert.match(integrity ?? "", /^sha512-/, name);
    }
  });

  it("give each job the rights that it needs, and none to keep", () => {
    const folder = path.join(root, ".github/workflows");
    for (const file of readdirSync(folder)) {
      const { permissions, jobs } = workflow(readFileSync(path.join(folder, file), "utf8"));
      const rights = Object.values(jobs).map((job) => job.permissions ?? permissions);
      for (const each of rights) {
        const writes = Object.entries(each ?? { all: "write" }).filter(([, to]) => to === "write");
        assert.ok(writes.length <= 1, `${file}: ${JSON.stringify(each)}`);
      }
      const steps = Object.values(jobs).flatMap((job) => job.steps);
      for (const { uses = "", with: given } of steps) {
        if (!uses.startsWith("actions/checkout@")) continue;
        assert.equal(given?.["persist-credentials"], false, file);
      }
      // Beside a right to write runs no code of the project's dependencies but what is locked for that.
      for (const job of Object.values(jobs).filter(writesOf)) {
        const runs = job.steps.flatMap(({ run }) => run ?? []);
        for (const run of runs) assert.doesNotMatch(run, /npm (ci|test|run)(?!.*--ignore-scripts)/);
      }
    }
  });

  it("of CI run what decides here, too", () => {
    const [job] = Object.values(workflow(read(".github/workflows/ci.yml")).jobs);
    const commands = job?.steps.flatMap(({ run }) => run ?? []) ?? [];
    for (const command of ["npm ci", "npm test"]) {
      assert.ok(commands.includes(command), command);
      assert.match(read(".ci/run"), new RegExp(`^${command}$`, "m"));
    }
  });

  it("shown in the documentation use the inputs that the action has", () => {
    const { inputs } = parse(read("action.yml")) as { inputs: Record<string, unknown> };
    const [, example = ""] = /```yaml\n([^]*?)```/.exec(read("docs/ci.md")) ?? [];
    const steps = Object.values(workflow(example).jobs).flatMap((job) => job.steps);
    const ours = steps.find(({ uses }) => uses === `cors-lens/cors-lens@v${version}`);
    assert.ok(ours, example);
    for (const input of Object.keys(ours.with ?? {})) assert.ok(input in inputs, input);
    const upload = steps.find(({ uses = "" }) =>
      uses.startsWith("github/codeql-action/upload-sarif@"),
    );
    assert.equal(upload?.with?.["sarif_file"], ours.with?.["sarif-file"]);
    const table = read("docs/ci.md");
    for (const input of Object.keys(inputs)) assert.ok(table.includes(`| \`${input}\``), input);
  });
});

describe("release workflow", function () {
  this.timeout(180_000);
  const { pack, publish } = workflow(read(".github/workflows/release.yml")).jobs;
  const folders: string[] = [];
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the steps between installation and upload in a copy of what is tracked, the tests left out. */
  function packed(tag: string) {
    const folder = mkdtempSync(path.join(os.tmpdir(), "cors-lens-release-"));
    folders.push(folder);
    const tracked = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
      cwd: root,
    });
    for (const file of tracked.toString().split("\0").filter(Boolean)) {
      cpSync(path.join(root, file), path.join(folder, file));
    }
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    const git = (...args: string[]): void => {
      const who = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.com",
        "-c",
        "commit.gpgsign=false",
      ];
      execFileSync("git", [...who, ...args], { cwd: folder, stdio: "ignore" });
    };
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "--message", "x");
    const env = {
      ...process.env,
      GITHUB_REF_NAME: tag,
      npm_config_cache: path.join(folder, ".npm"),
    };
    let said = "";
    for (const { run } of pack?.steps ?? []) {
      if (run === undefined || run === "npm ci" || run === "npm test") continue;
      const shell = ["--noprofile", "--norc", "-eo", "pipefail", "-c", run];
      const { status, stdout, stderr } = spawnSync("bash", shell, {
        cwd: folder,
        env,
        encoding: "utf8",
      });
      if (status !== 0) return { folder, failed: run, output: stderr };
      said += stdout + stderr;
    }
    return { folder, failed: undefined, output: said };
  }

  it("packs one artefact for each kind of registry", () => {
    const { folder, failed, output } = packed(`v${version}`);
    assert.equal(failed, undefined, output);
    assert.doesNotMatch(output, /WARN/);
    const files = readdirSync(path.join(folder, "release")).sort();
    assert.deepEqual(files, [`cors-lens-${version}.tgz`, "cors-lens.vsix"]);
    const vsix = path.join(folder, "release/cors-lens.vsix");
    assert.ok(statSync(vsix).size <= 2_000_000);
    // On the Marketplace the README stands alone: what it shows and leads to has to be found from there.
    execFileSync("python3", ["-m", "zipfile", "-e", vsix, path.join(folder, "unpacked")]);
    const readme = readFileSync(path.join(folder, "unpacked/extension/readme.md"), "utf8");
    const links = [...readme.matchAll(/\]\((?!#)([^)]*)\)/g)].map(([, link = ""]) => link);
    assert.ok(links.some((link) => /\/raw\/HEAD\/docs\/images\/\w+\.png$/.test(link)));
    assert.deepEqual(
      links.filter((link) => !link.startsWith("https://")),
      [],
    );
  });

  it("refuses a tag that is not the version", () => {
    assert.match(packed("v99.0.0").failed ?? "", /GITHUB_REF_NAME/);
  });

  it("publishes those files and no others", () => {
    const commands = publish?.strategy?.matrix.include.map(({ command }) => command) ?? [];
    assert.equal(commands.length, 3);
    for (const command of commands) assert.match(command, /\brelease\/(cors-lens[-.]|\*)/);
    const download = publish?.steps.find(({ uses = "" }) => uses.includes("download-artifact"));
    const upload = pack?.steps.find(({ uses = "" }) => uses.includes("upload-artifact"));
    assert.equal(download?.with?.["name"], upload?.with?.["name"]);
  });

  it("gives the publisher's program options that it has", () => {
    const commands = publish?.strategy?.matrix.include.map(({ command }) => command) ?? [];
    const vsce = commands.find((command) => command.includes("/.bin/vsce ")) ?? "";
    const installed = JSON.parse(read("node_modules/@vscode/vsce/package.json")) as {
      version: string;
    };
    const { dependencies } = JSON.parse(read(".github/publish/package.json")) as {
      dependencies: Record<string, string>;
    };
    assert.equal(dependencies["@vscode/vsce"], installed.version);
    const help = execFileSync(
      process.execPath,
      ["node_modules/@vscode/vsce/vsce", "publish", "--help"],
      {
        cwd: root,
        encoding: "utf8",
      },
    );
    for (const [option] of vsce.matchAll(/(?<= )--(?!yes)[a-zA-Z-]+/g))
      assert.ok(help.includes(option), option);
  });
});
