import assert from "node:assert/strict";
import { mock } from "node:test";
import { ScanProgress } from "../../server/src/lsp/progress";

describe("language server: progress", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => mock.timers.reset());

  /** An editor's place for progress that writes down what it is told. */
  function place() {
    const told: string[] = [];
    const reporter = {
      begin: (title: string) => void told.push(`begin ${title}`),
      report: (_: unknown, message?: string) => void told.push(message ?? ""),
      done: () => void told.push("done"),
    };
    return { told, create: () => Promise.resolve(reporter) };
  }

  it("is not shown for work that ends soon", () => {
    const { told, create } = place();
    const progress = new ScanProgress(create);
    progress.begin();
    mock.timers.tick(999);
    progress.end();
    mock.timers.tick(10_000);
    assert.deepEqual(told, []);
  });

  it("is shown for work that goes on, once, and ends with it", async () => {
    const { told, create } = place();
    const progress = new ScanProgress(create);
    progress.begin();
    progress.begin();
    mock.timers.tick(1000);
    await Promise.resolve();
    progress.report(3, 10);
    progress.end();
    progress.report(4, 10);
    assert.deepEqual(told, ["begin CORS Lens", "3 of 10 applications", "done"]);
  });

  it("is taken back when the work ended while the editor answered", async () => {
    const { told, create } = place();
    const progress = new ScanProgress(create);
    progress.begin();
    mock.timers.tick(1000);
    progress.end();
    await Promise.resolve();
    assert.deepEqual(told, ["done"]);
  });

  it("asks nothing of an editor that shows none", () => {
    const progress = new ScanProgress(undefined);
    progress.begin();
    mock.timers.tick(10_000);
    progress.report(1, 2);
    assert.doesNotThrow(() => progress.end());
  });
});
