/** A thread that checks some of the applications of a large workspace; see `workspace/worker-pool.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import { defaultSettings } from "../../shared/src/settings";
import { engine } from "./engine";
import { Analysis } from "./workspace/analysis";
import { Configs } from "./workspace/config";
import type { WorkerResult, WorkerInit } from "./workspace/worker-pool";

const { apps } = workerData as WorkerInit;
const analysis = new Analysis(engine);
const configs = new Configs(analysis.sources, engine);

let queue = Promise.resolve();

parentPort?.on("message", (index: number) => {
  queue = queue.then(async () => {
    const app = apps[index];
    if (!app) return;
    const outcome = await analysis.outcomeOf(app, (root) =>
      configs.optionsFor(root, defaultSettings),
    );
    const answer: WorkerResult = { index, outcome };
    parentPort?.postMessage(answer);
  });
});
