import { coverageOf } from "../../shared/src/model/query/coverage";
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Finding, Severity } from "../../shared/src/finding";
import { engine } from "../../server/src/engine";
import type { JsonReport } from "../../server/src/report/json";
import { textReport } from "../../server/src/report/text";
import { run } from "../cli/run";

const root = path.resolve(__dirname, "../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly problemMatchers: readonly {
      readonly pattern: readonly { readonly regexp: string }[];
    }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly media: { readonly markdown: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}
const { contributes } = JSON.parse(read("package.json")) as Manifest;
const words = JSON.parse(read("package.nls.json")) as Record<string, string>;

describe("walkthrough", () => {
  const steps = contributes.walkthroughs.flatMap((each) => each.steps);
  const known = new Set(contributes.commands.map(({ command }) => command));

  it("has pages that are there and in the package", () => {
    assert.ok(steps.length >= 4);
    for (const { media } of steps) assert.ok(existsSync(path.join(root, media.markdown)));
    const packed = read(".vscodeignore");
    assert.match(packed, /^!client\/walkthrough\/\*\.md$/m);
    assert.match(packed, /^!examples\/acme-orders-ts\/\*\*$/m);
  });

  it("leads to commands that exist", () => {
    for (const { id, description, completionEvents } of steps) {
      const text = words[description.slice(1, -1)] ?? "";
      const commands = [...text.matchAll(/\(command:([\w.]+)\)/g)].map(([, name = ""]) => name);
      const events = completionEvents.flatMap((event) => /^onCommand:(.*)$/.exec(event)?.[1] ?? []);
      for (const command of [...commands, ...events]) {
        const exists = known.has(command) || /^(workbench|editor)\./.test(command);
        assert.ok(exists, `${id}: ${command}`);
      }
    }
  });
});

describe("strings of package.json", () => {
  it("have a text each, and no text is left over", () => {
    const used = [...read("package.json").matchAll(/"%([\w.-]+)%"/g)].map(([, key = ""]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(words).sort());
  });
});

describe("problem matcher", () => {
  const [matcher] = contributes.problemMatchers;
  const [head, place] = (matcher?.pattern ?? []).map(({ regexp }) => new RegExp(regexp));

  /** As VS Code matches: the patterns on consecutive lines. */
  function problems(text: string) {
    const lines = text.split("\n");
    return lines.flatMap((line, i) => {
      const first = head?.exec(line);
      const second = place?.exec(lines[i + 1] ?? "");
      return first && second ? [[...first.slice(1), ...second.slice(1)]] : [];
    });
  }

  it("finds every problem of a real report, at its place", async () => {
    const example = path.join(root, "examples/acme-orders-ts");
    const check = (format: string) => run(engine, example, "check", "--format", format);
    const { findings } = JSON.parse((await check("json")).out) as JsonReport;
    assert.ok(findings.length > 5);
    assert.deepEqual(
      problems((await check("text")).out),
      findings.map(({ rule, severity, message, file, range: { start } }) => [
        severity === "information" ? "info" : severity,
        rule,
        message.split("\n")[0],
        file,
        String(start.line),
        String(start.column),
      ]),
    );
  });

  it("finds them where the working directory has them, whatever was checked", async () => {
    const check = (...paths: string[]) => run(engine, root, "check", ...paths);
    const part = "examples/acme-orders-ts/lambda";
    const files = problems((await check(part)).out).map(([, , , file = ""]) => file);
    assert.ok(files.length > 1);
    assert.deepEqual(
      files.filter((file) => !file.startsWith(`${part}/`)),
      [],
    );
    assert.ok(files.every((file) => existsSync(path.join(root, file))));
  });

  for (const severity of ["error", "warning", "information"] satisfies Severity[]) {
    it(`reads what the command line writes of severity ${severity}`, () => {
      const finding: Finding = {
        rule: "max-age-out-of-range",
        severity,
        message: "Too long: [864000].\nWrite two hours.",
        at: { file: "/app/lib/my stack.ts", start: 6, end: 9 },
        related: [{ at: { file: "/app/lib/b.ts", start: 0, end: 1 }, message: "here" }],
        fixes: [],
      };
      const stats = {
        files: 1,
        read: 1,
        parsed: 1,
        evaluated: 1,
        reused: 0,
        apps: 1,
        apis: 1,
        handlers: 0,
        responses: 0,
        requests: 0,
      };
      const report = {
        root: "/app",
        cwd: "/app",
        findings: [finding, finding],
        gaps: [],
        coverage: coverageOf([]),
        stats,
        text: () => "const age",
      };
      const expected = [
        severity === "information" ? "info" : severity,
        "max-age-out-of-range",
        "Too long: [864000].",
        "lib/my stack.ts",
        "1",
        "7",
      ];
      assert.deepEqual(problems(textReport(report, { color: false })), [expected, expected]);
    });
  }
});
