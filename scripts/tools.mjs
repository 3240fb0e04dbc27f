// The programs that proofs need and npm does not have: found on this machine, else installed from Debian where that is
// possible. Nothing is skipped in silence: what cannot be had fails the run, unless ALLOW_SKIPS=1.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";
import { findChromium } from "../test/host/chromium.mjs";

const runs = (program) => spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;

/** Installs a package of Debian's, as root. */
function install(debianPackage) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
    throw new Error(`install ${debianPackage}`);
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "ignore", "inherit"],
  };
  execFileSync("apt-get", ["update", "-qq"], options);
  execFileSync(
    "apt-get",
    ["install", "-y", "-qq", "--no-install-recommends", debianPackage],
    options,
  );
}

function program(name, debianPackage) {
  if (!runs(name)) install(debianPackage);
  if (!runs(name)) throw new Error(`${debianPackage} is installed, and ${name} does not run`);
  return name;
}

/** What is needed, by the name of the environment variable that says where it is. */
const tools = {
  CHROMIUM: () => findChromium(),
  NEOVIM: () => program("nvim", "neovim"),
  PRE_COMMIT: () => program("pre-commit", "pre-commit"),
  PYTHON: () => program("python3", "python3"),
};

/**
 * Fetches what is missing.
 * @returns where each tool is, and the reasons why others could not be had
 */
export function fetchTools() {
  const found = {};
  const missing = [];
  for (const [name, find] of Object.entries(tools)) {
    try {
      found[name] = find();
    } catch (error) {
      missing.push(`${name.toLowerCase()}: ${error.message}`);
    }
  }
  return { found, missing };
}
