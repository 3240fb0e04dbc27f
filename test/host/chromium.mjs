// Finds a Chromium for the npm host, and installs Debian's where that is possible.
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "microsoft-edge",
];

/**
 * The path of a Chromium-family browser: $CHROMIUM, one on the PATH, or Debian's package, installed when run as root.
 * @throws an Error that says what to install when there is none
 */
export function findChromium() {
  if (process.env.CHROMIUM) {
    if (existsSync(process.env.CHROMIUM)) return process.env.CHROMIUM;
    throw new Error(`CHROMIUM names ${process.env.CHROMIUM}, which does not exist.`);
  }
  return onPath() ?? installFromDebian();
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installFromDebian() {
  const advice = "Install Chromium (Debian: apt-get install chromium) or set CHROMIUM to its path.";
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Error(`The editor tests need a Chromium browser and found none. ${advice}`);
  }
  console.error("host: installing Debian's chromium with apt-get …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    execFileSync("apt-get", ["update", "-qq"], { env, stdio: ["ignore", "ignore", "pipe"] });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
  } catch (error) {
    throw new Error(
      `apt-get could not install chromium: ${error.stderr ?? error.message}\n${advice}`,
    );
  }
  const found = onPath();
  if (!found) throw new Error(`apt-get installed chromium, but it is not on the PATH. ${advice}`);
  return found;
}
