import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { Analysis } from "../../server/src/workspace/analysis";
import { defaultContext } from "../../shared/src/advice/context";
import { requires } from "../requires";
import { fakeEngine } from "./fake-engine";
import { folderWith, removeFolders } from "./folder";

const settings = () => ({ context: defaultContext, severities: {} });

/** Applications with enough files to be worth workers. */
function workspace(): string {
  const files: Record<string, string> = {};
  for (let app = 0; app < 6; app++) {
    files[`app${app}/cdk.json`] = "{}";
    for (let i = 0; i < 30; i++) files[`app${app}/x${i}.ts`] = "cors BAD";
  }
  return folderWith(files);
}

/** A script for workers: its text, run as a module of CommonJS. */
const script = (text: string): string => `${folderWith({ "worker.cjs": text })}/worker.cjs`;

async function check(worker?: string, unsaved?: (file: string) => string | undefined) {
  const folder = workspace();
  const analysis = new Analysis(fakeEngine(), unsaved);
  const checked: string[] = [];
  await analysis.update({
    roots: [{ folder }],
    settings,
    ...(worker === undefined ? {} : { worker }),
    onChecked: ({ app }) => void checked.push(app.root.slice(folder.length + 1)),
  });
  const findings = analysis.findings.map(({ rule, at }) => [rule, at.file.slice(folder.length)]);
  return { findings, checked, analysis };
}

describe("workers", () => {
  afterEach(removeFolders);

  before(function () {
    requires(this, availableParallelism() > 1, "one processor only");
  });

  it("take applications from the end, and what they answer is part of the result", async () => {
    const answer = `
      const { parentPort, workerData } = require("node:worker_threads");
      parentPort.on("message", (index) => {
        const { root } = workerData.apps[index];
        const model = { apis: [], policies: [], handlers: [], requests: [], gaps: [] };
        const at = { file: root + "/elsewhere.ts", start: 0, end: 1 };
        const finding = { rule: "by-a-worker", at, severity: "error", message: "m", related: [], fixes: [] };
        parentPort.postMessage({ index, outcome: {
          checked: { model, findings: [finding] }, asked: [], gaps: [],
          counters: { read: 1, parsed: 2, reused: 3 }, linked: { evaluated: 4, reused: 5 },
        } });
      });`;
    const { findings, checked, analysis } = await check(script(answer));
    assert.deepEqual(checked, ["app0", "app1", "app2", "app3", "app4", "app5"]);
    const helped = findings.filter(([rule]) => rule === "by-a-worker").length;
    assert.ok(helped > 0);
    assert.equal(findings.length, helped + (6 - helped) * 30);
    assert.equal(analysis.linked.evaluated >= 4 * helped, true);
  });

  it("are not asked where a text is known to this thread only", async () => {
    const { findings } = await check(script("process.abort();"), (file) =>
      file.endsWith("app5/x0.ts") ? "cors GOOD" : undefined,
    );
    assert.equal(findings.length, 179);
  });

  it("that die leave their applications to the main thread", async () => {
    const alone = await check();
    assert.equal(alone.findings.length, 180);
    for (const text of ["throw new Error('no');", "process.exit(1);", "syntax error"]) {
      const { findings } = await check(script(text));
      assert.deepEqual(findings, alone.findings, text);
    }
    assert.deepEqual((await check("/nowhere/worker.js")).findings, alone.findings);
  });
});
