// Loaded before the program under test: writes down at its end what it has used.
const { writeFileSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

const file = process.env.CORS_LENS_USAGE;
if (isMainThread && file) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = {
      cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
      megabytes: Math.round(maxRSS / 1024),
    };
    writeFileSync(file, JSON.stringify(usage));
  });
}
