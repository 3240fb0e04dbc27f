// Runs the program that is its first argument, and writes down at its end what it has used. Not preloaded with
// `--require`, for which Node itself reads the `package.json` of the current folder, whatever that is.
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = {
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    megabytes: Math.round(maxRSS / 1024),
  };
  writeFileSync(process.env.CORS_LENS_USAGE, JSON.stringify(usage));
});
process.argv.splice(1, 1);
require(process.argv[1]);
