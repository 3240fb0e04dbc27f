import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const root = path.join(__dirname, "..");

/** Which of our own folders a folder may import besides itself, longest folder first: the table of ARCHITECTURE.md. */
const allowed: readonly (readonly [folder: string, may: readonly string[]])[] = readFileSync(
  path.join(root, "ARCHITECTURE.md"),
  "utf8",
)
  .split("\n")
  .flatMap((line) => {
    const [, folder, , may] = line.split("|").map((cell) => cell.trim());
    const name = /^`((?:shared|server|client)\/src[^`]*)`$/.exec(folder ?? "")?.[1];
    const places = [...(may ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
    return name === undefined ? [] : [[name, places] as const];
  })
  .sort(([a], [b]) => b.length - a.length);

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
    ["server/src/lsp", "server/src/session-process.ts"],
    "only server/lsp and the process of its session see LSP",
  ],
  [/^@modelcontextprotocol\//, ["server/src/mcp"], "only server/mcp sees MCP"],
  [/^(vscode|vscode-languageclient.*)$/, ["client/src"], "only the client sees the editor"],
  [
    /^(node:)?fs(\/promises)?$/,
    ["server/src/files"],
    "only server/files reads and writes files, inside the roots and bounded",
  ],
  [
    /^(node:)?(net|tls|http|https|http2|dgram|dns)(\/promises)?$/,
    ["server/src/probe", "server/src/lsp/transport.ts"],
    "only server/probe opens sockets, and the language server the one to its client",
  ],
];

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(name);
    return entry.name.endsWith(".ts") ? [name] : [];
  });
}

interface Import {
  readonly specifier: string;
  /** Erased by the compiler. */
  readonly typeOnly: boolean;
}

/** A file's text without its comments. */
function codeOf(file: string): string {
  return readFileSync(path.join(root, file), "utf8").replace(/^\s*(\/?\*|\/\/).*$/gm, "");
}

function importsOf(file: string): readonly Import[] {
  const text = codeOf(file);
  const pattern =
    /^\s*(?:import|export)\b(\s+type\b)?[^"';]*?from\s+"([^"]+)"|^\s*import\s+"([^"]+)"|\bimport\("([^"]+)"\)|\brequire\("([^"]+)"\)/gm;
  return [...text.matchAll(pattern)].flatMap(([, type, ...specifiers]) =>
    specifiers.flatMap((specifier: string | undefined) =>
      specifier === undefined ? [] : [{ specifier, typeOnly: type !== undefined }],
    ),
  );
}

/** The file of ours that a relative import names. */
function targetOf(file: string, specifier: string, files: ReadonlySet<string>): string | undefined {
  const target = path.posix.join(path.posix.dirname(file), specifier);
  return [`${target}.ts`, `${target}/index.ts`].find((name) => files.has(name));
}

/** Folders within which values may go round: a grammar's recursion, and the interpreter's. */
const recursive = /^(shared\/src\/interpreter|server\/src\/frontends\/(typescript|python))\//;

/** Files of which each imports a value of the next, and the last of the first. */
function circlesIn(files: readonly string[]): readonly string[] {
  const all = new Set(files);
  const next = new Map(
    files.map((file) => [
      file,
      importsOf(file).flatMap(({ specifier, typeOnly }) => {
        const target = specifier.startsWith(".") ? targetOf(file, specifier, all) : undefined;
        const within = recursive.exec(file)?.[1];
        const own = within !== undefined && target?.startsWith(`${within}/`) === true;
        return typeOnly || own || target === undefined ? [] : [target];
      }),
    ]),
  );
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    const seen = trail.indexOf(file);
    if (seen >= 0) circles.push([...trail.slice(seen), file].join(" -> "));
    if (seen >= 0 || done.has(file)) return;
    for (const target of next.get(file) ?? []) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return circles;
}

/** Packages that are data with a function to look it up: as pure as what imports them. `tldts`: the Public Suffix List. */
const tables: ReadonlySet<string> = new Set(["tldts"]);

function faultOf(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) {
    for (const [what, where, why] of file.startsWith("shared/") ? [] : reserved) {
      if (what.test(specifier) && !where.some((place) => file.startsWith(place)))
        return `${file} imports ${specifier}: ${why}.`;
    }
    const outside =
      file.startsWith("shared/") && !tables.has(specifier)
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
      importsOf(file).flatMap(({ specifier }) => faultOf(file, specifier) ?? []),
    );
    assert.deepEqual(faults, []);
  });

  it("knows the folders of ARCHITECTURE.md", () => {
    assert.ok(allowed.length >= 20);
    assert.deepEqual(
      allowed.filter(([folder]) => !files.some((file) => file.startsWith(`${folder}/`))),
      [],
    );
  });

  it("has no circle of values", () => {
    assert.deepEqual(circlesIn(files), []);
  });

  it("keeps the interpreter free of CDK and CORS", () => {
    const own = files.filter((file) => file.startsWith("shared/src/interpreter/"));
    const named = own.filter((file) =>
      /["'`/^(|](aws[-_]cdk|cdk\b|access-control|cors\b)/i.test(codeOf(file)),
    );
    assert.deepEqual(named, []);
  });

  it("keeps files short", () => {
    const long = files.filter(
      (file) => readFileSync(path.join(root, file), "utf8").split("\n").length > 400,
    );
    assert.deepEqual(long, []);
  });

  it("keeps child processes and browsers out of the unit tests", () => {
    const tests = filesBelow("test").filter((file) => !file.startsWith("test/e2e/"));
    const all = new Set(tests);
    const starts = (file: string, trail: readonly string[] = []): string | undefined => {
      if (trail.includes(file)) return undefined;
      for (const { specifier } of importsOf(file)) {
        if (/^(node:)?child_process$|^playwright/.test(specifier))
          return [...trail, file].join(" -> ");
        const target = specifier.startsWith(".") ? targetOf(file, specifier, all) : undefined;
        const found = target === undefined ? undefined : starts(target, [...trail, file]);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    const unit = tests.filter((file) => file.endsWith(".test.ts"));
    assert.deepEqual(
      unit.flatMap((file) => starts(file) ?? []),
      [],
    );
  });

  it("sees a broken law", () => {
    assert.match(
      faultOf("shared/src/model/x.ts", "../rules/rule") ?? "",
      /shared\/src\/model may import/,
    );
    assert.match(
      faultOf("shared/src/interpreter/core/x.ts", "../../model/model") ?? "",
      /shared\/src\/interpreter may import/,
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
