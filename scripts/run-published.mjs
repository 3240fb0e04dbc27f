#!/usr/bin/env node
// What the GitHub Action and the pre-commit hook run: installs one published version of cors-lens into a folder of its
// own, outside of the checkout, and runs it there where it was called. Nothing that is committed decides what runs: no
// node_modules, .npmrc, package.json or .pnp.cjs of the checkout is looked at, no install script of a package is run.
//
//   CORS_LENS_VERSION    which version; by default the one that this file belongs to
//   CORS_LENS_INTEGRITY  what the package has to be, as `npm view cors-lens@<version> dist.integrity` tells it
//   CORS_LENS_REGISTRY   where it comes from; by default https://registry.npmjs.org/
//   CORS_LENS_HOME       where it is kept; by default a folder of the user's cache
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

const published = "https://registry.npmjs.org/";
const ownManifest = new URL("../package.json", import.meta.url);

/** The variable's value; an empty one, as an input that was left out makes it, counts as none. */
const setting = (name) => process.env[name] || undefined;

function fail(message) {
  console.error(`cors-lens: ${message}`);
  process.exit(2);
}

/** Variables with which a folder, or a package manager that was started there, could make Node load other code. */
function cleanEnvironment() {
  const loading =
    /^(NODE_OPTIONS|NODE_PATH|NODE_REPL_EXTERNAL_MODULE|INIT_CWD|npm_(?!config_(https?_?proxy|proxy|noproxy|cafile|ca|cache|userconfig|strict_ssl)$).*)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !loading.test(name)));
}

function home() {
  const cache =
    process.env.XDG_CACHE_HOME || process.env.LOCALAPPDATA || path.join(homedir(), ".cache");
  return path.resolve(setting("CORS_LENS_HOME") ?? path.join(cache, "cors-lens"));
}

/** Installs into a folder beside the target, which gets its name when all is there. */
function install(target, { version, integrity, registry }) {
  mkdirSync(path.dirname(target), { recursive: true });
  const beside = mkdtempSync(`${target}-`);
  const dependencies = { "cors-lens": version };
  writeFileSync(path.join(beside, "package.json"), JSON.stringify({ private: true, dependencies }));
  if (integrity) {
    const resolved = `${registry}cors-lens/-/cors-lens-${version}.tgz`;
    const packages = {
      "": { dependencies },
      "node_modules/cors-lens": { version, resolved, integrity },
    };
    const lock = { lockfileVersion: 3, requires: true, packages };
    writeFileSync(path.join(beside, "package-lock.json"), JSON.stringify(lock));
  }
  const options = [
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--omit=dev",
    `--registry=${registry}`,
  ];
  const isWindows = process.platform === "win32";
  const { status, stdout, stderr, error } = spawnSync(
    isWindows ? "npm.cmd" : "npm",
    [integrity ? "ci" : "install", "--loglevel=error", ...options],
    { cwd: beside, env: cleanEnvironment(), encoding: "utf8", shell: isWindows },
  );
  const installed = path.join(beside, "node_modules/cors-lens/package.json");
  if (status !== 0 || !existsSync(installed)) {
    rmSync(beside, { recursive: true, force: true });
    fail(
      `version ${version} could not be installed from ${registry}\n${error?.message ?? stdout + stderr}`,
    );
  }
  try {
    renameSync(beside, target);
  } catch {
    // Another run was quicker: what it installed is the same.
    rmSync(beside, { recursive: true, force: true });
  }
}

const version =
  setting("CORS_LENS_VERSION") ?? JSON.parse(readFileSync(ownManifest, "utf8")).version;
if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
  fail(`"${version}" is no version; write one as 1.2.3`);
const integrity = setting("CORS_LENS_INTEGRITY");
if (integrity && !/^sha512-[\w+/]+=*$/.test(integrity))
  fail("the integrity has to be a sha512-… as npm writes it");
const registry = `${setting("CORS_LENS_REGISTRY") ?? published}`.replace(/\/?$/, "/");
if (!/^https?:\/\/[\w.:[\]-]+\/[\w./~-]*$/.test(registry)) fail(`"${registry}" is no registry`);

const name = [
  version,
  ...(integrity ? [integrity.slice(7, 23).replaceAll(/[+/]/g, "-")] : []),
].join("-");
const target = path.join(home(), name);
if (!existsSync(path.join(target, "node_modules/cors-lens/package.json"))) {
  install(target, { version, integrity, registry });
}
const program = path.join(target, "node_modules/cors-lens/dist/cli.js");
const ran = spawnSync(process.execPath, [program, ...process.argv.slice(2)], {
  stdio: "inherit",
  env: cleanEnvironment(),
});
if (ran.error) fail(ran.error.message);
process.exitCode = ran.status ?? 2;
