// Installs VS Code's own server and extension host from npm: no compiler, no install scripts, about 250 MB.
//
// The npm package `code-server` carries a complete build of VS Code's remote server. Only that part is unpacked, the
// extensions that need accounts or other machines are left out, the runtime packages it needs are installed without
// their install scripts, and the three native modules that would have to be compiled are replaced by test/host/stubs.
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { hostFolder } from "./paths.mjs";

const codeServerVersion = "4.139.1";
const nodeVersion = "24.21.0";
const ripgrepVersion = "1.18.0";

const leftOut = [
  "copilot",
  "mermaid-markdown-features",
  "microsoft-authentication",
  "ms-vscode.*",
  "git",
  "github",
  "terminal-suggest",
];

const runtimePackages = [
  "@microsoft/1ds-core-js",
  "@parcel/watcher",
  "@vscode/iconv-lite-umd",
  "@vscode/proxy-agent",
  "@xterm/addon-serialize",
  "@xterm/addon-unicode11",
  "@xterm/headless",
  "@xterm/xterm",
  "cookie",
  "http-proxy-agent",
  "https-proxy-agent",
  "jschardet",
  "minimist",
  "node-pty",
  "tas-client",
  "vscode-oniguruma",
  "vscode-regexpp",
  "vscode-textmate",
  "ws",
  "yauzl",
  "yazl",
];

const stubs = ["spdlog", "deviceid", "native-watchdog"];

/**
 * Makes sure that the npm host is installed and says where it lies.
 * @returns {{ node: string, server: string }} the Node that runs it, and `server-main.js`
 */
export function installHost() {
  const platform = `${process.platform}-${process.arch}`;
  if (process.platform !== "linux") {
    throw new Error(`The npm host runs on Linux only (this is ${platform}): use desktop VS Code.`);
  }
  const folder = path.join(hostFolder, `${codeServerVersion}-${platform}`);
  const found = {
    node: path.join(folder, "node", "bin", "node"),
    server: path.join(folder, "vscode", "out", "server-main.js"),
  };
  if (existsSync(folder)) return found;

  console.error(
    `host: installing VS Code's server ${codeServerVersion} and Node ${nodeVersion} from npm …`,
  );
  const partial = `${folder}.partial-${process.pid}`;
  try {
    mkdirSync(partial, { recursive: true });
    unpack(`node-${platform}@${nodeVersion}`, path.join(partial, "node"), {
      keep: ["package/bin", "package/LICENSE"],
    });
    installServer(path.join(partial, "vscode"), platform);
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return found;
}

function installServer(folder, platform) {
  unpack(`code-server@${codeServerVersion}`, folder, {
    keep: ["package/lib/vscode"],
    strip: 3,
    exclude: [...leftOut.map((name) => `*/extensions/${name}`), "*.map"],
  });
  keepRuntimePackages(folder);
  run("npm", ["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], folder);
  const modules = path.join(folder, "node_modules", "@vscode");
  for (const stub of stubs) {
    cpSync(path.join(import.meta.dirname, "stubs", stub), path.join(modules, stub), {
      recursive: true,
    });
  }
  unpack(`@vscode/ripgrep-universal@${ripgrepVersion}`, path.join(modules, "ripgrep-universal"), {
    keep: ["package/lib", "package/package.json", `package/bin/${platform}`],
  });
  const extensionPackages = readJson(
    path.join(folder, "extensions", "npm-shrinkwrap.json"),
  ).packages;
  const typescript = extensionPackages["node_modules/typescript"].version;
  unpack(
    `typescript@${typescript}`,
    path.join(folder, "extensions", "node_modules", "typescript"),
    {},
  );
}

/** Reduces the manifest to the runtime packages, at the versions that the package was released with. */
function keepRuntimePackages(folder) {
  const shrinkwrap = path.join(folder, "npm-shrinkwrap.json");
  const { packages } = readJson(shrinkwrap);
  const manifest = path.join(folder, "package.json");
  const dependencies = Object.fromEntries(
    runtimePackages.map((name) => [name, packages[`node_modules/${name}`].version]),
  );
  const noBuild = { overrides: undefined, devDependencies: undefined, allowScripts: undefined };
  writeJson(manifest, { ...readJson(manifest), ...noBuild, dependencies });
  rmSync(shrinkwrap);
  const product = path.join(folder, "product.json");
  const offline = {
    builtInExtensions: undefined,
    defaultChatAgent: undefined,
    extensionsGallery: undefined,
  };
  writeJson(product, { ...readJson(product), ...offline });
}

/** Fetches an npm package through npm's own client and unpacks the wanted part of it. */
function unpack(spec, folder, { keep = [], strip = 1, exclude = [] }) {
  mkdirSync(folder, { recursive: true });
  const parent = path.dirname(folder);
  const [{ filename }] = JSON.parse(
    run("npm", ["pack", spec, "--json", "--pack-destination", parent], parent),
  );
  const tarball = path.join(parent, filename);
  const filters = exclude.map((pattern) => `--exclude=${pattern}`);
  run(
    "tar",
    ["xzf", tarball, "-C", folder, `--strip-components=${strip}`, ...filters, ...keep],
    parent,
  );
  rmSync(tarball);
}

/** Runs a command quietly; its error output is shown only when it fails. */
function run(command, args, cwd) {
  try {
    return execFileSync(command, args, {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    throw new Error(
      `host: "${command} ${args.join(" ")}" failed\n${error.stderr ?? error.message}`,
    );
  }
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Writes an object; keys whose value is undefined are left out. */
function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`);
}
