import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const root = path.join(__dirname, "..");

/** Which of our own folders a folder may import, besides itself. */
const allowed: readonly (readonly [folder: string, may: readonly string[]])[] = [
  ["shared/src/model", []],
  ["shared/src/browser", []],
  ["shared/src/gateway", ["shared/src/model", "shared/src/browser"]],
  [
    "shared/src/rules",
    ["shared/src/model", "shared/src/browser", "shared/src/gateway", "shared/src/finding.ts"],
  ],
  ["shared/src", ["shared/src"]],
  ["server/src/frontends", ["shared/src"]],
  ["server/src/workspace", ["shared/src", "server/src/frontends"]],
  ["server/src/report", ["shared/src", "server/src/workspace"]],
  ["server/src/probe", ["shared/src"]],
  ["server/src/commands", ["shared/src", "server/src"]],
  ["server/src/lsp", ["shared/src", "server/src"]],
  ["server/src", ["shared/src", "server/src"]],
  ["client/src", ["shared/src/protocol.ts", "shared/src/settings.ts"]],
];

/** Which packages and Node modules only some folders may import. */
const reserved: readonly (readonly [what: RegExp, where: readonly string[], why: string])[] = [
  [
    /^ts-morph$/,
    ["server/src/frontends/typescript"],
    "only the TypeScript frontend knows ts-morph",
  ],
  [
    /^(web-tree-sitter|tree-sitter-python)$/,
    ["server/src/frontends/python"],
    "only the Python frontend knows its parser",
  ],
  [
    /^vscode-languageserver(?!-textdocument)/,
    ["server/src/lsp", "server/src/main.ts"],
    "only server/lsp and main.ts see LSP",
  ],
  [/^@modelcontextprotocol\//, ["server/src/mcp"], "only server/mcp sees MCP"],
  [/^(vscode|vscode-languageclient.*)$/, ["client/src"], "only the client sees the editor"],
  [
    /^(node:)?(net|tls|http|https|http2|dgram|dns)(\/promises)?$/,
    ["server/src/probe"],
    "only server/probe opens sockets",
  ],
];

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(name);
    return entry.name.endsWith(".ts") ? [name] : [];
  });
}

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), "utf8").replace(/^\s*(\/?\*|\/\/).*$/gm, "");
  const pattern =
    /^\s*(?:import|export)\b[^"';]*?from\s+"([^"]+)"|^\s*import\s+"([^"]+)"|\bimport\("([^"]+)"\)|\brequire\("([^"]+)"\)/gm;
  return [...text.matchAll(pattern)].flatMap((match) =>
    match.slice(1).filter((part) => part !== undefined),
  );
}

function faultOf(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) {
    for (const [what, where, why] of reserved) {
      if (what.test(specifier) && !where.some((place) => file.startsWith(place)))
        return `${file} imports ${specifier}: ${why}.`;
    }
    const outside = file.startsWith("shared/")
      ? `${file} imports ${specifier}: shared is pure and imports no package.`
      : undefined;
    return outside;
  }
  const target = path.posix.join(path.posix.dirname(file), specifier);
  const rule = allowed.find(([folder]) => file.startsWith(`${folder}/`));
  if (!rule) return `${file} lies in no folder of the table.`;
  const [folder, may] = rule;
  const fits =
    target.startsWith(`${folder}/`) ||
    may.some((place) => target === place.replace(/\.ts$/, "") || target.startsWith(`${place}/`));
  return fits
    ? undefined
    : `${file} imports ${target}: ${folder} may import ${may.join(", ") || "nothing but itself"}.`;
}

describe("architecture", () => {
  const files = ["client/src", "server/src", "shared/src"].flatMap(filesBelow);

  it("finds the sources", () => {
    assert.ok(files.length > 50);
  });

  it("keeps the import law of ARCHITECTURE.md", () => {
    const faults = files.flatMap((file) =>
      importsOf(file).flatMap((specifier) => faultOf(file, specifier) ?? []),
    );
    assert.deepEqual(faults, []);
  });

  it("keeps files short", () => {
    const long = files.filter(
      (file) => readFileSync(path.join(root, file), "utf8").split("\n").length > 400,
    );
    assert.deepEqual(long, []);
  });

  it("sees a broken law", () => {
    assert.match(
      faultOf("shared/src/model/x.ts", "../rules/rule") ?? "",
      /may import nothing but itself/,
    );
    assert.match(faultOf("shared/src/rules/x.ts", "node:fs") ?? "", /shared is pure/);
    assert.match(
      faultOf("server/src/workspace/x.ts", "ts-morph") ?? "",
      /only the TypeScript frontend/,
    );
    assert.match(
      faultOf("client/src/x.ts", "../../server/src/main") ?? "",
      /client\/src may import/,
    );
  });
});
