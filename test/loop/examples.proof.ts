/** The example application: its page's calls, before and after every fix, in TypeScript and in Python. */
import assert from "node:assert/strict";
import { requires } from "../requires";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { link } from "../../shared/src/readers/link";
import { fixedFiles } from "../rules/check";
import { memoryProject } from "../rules/memory-project";
import { synthesizeText } from "../synth/synthesize-text";
import { templateModel } from "../synth/template-apis";
import { withoutPlaces } from "../synth/twins";
import { CHROMIUM, hasBrowser, type PageFunction, type Visit, type Visited } from "./browser";
import type { Seen } from "./close";
import { saysSo } from "./form";
import { functionsOf, type TemplateFunction } from "./functions";
import type { Deployment } from "./gateway";
import { APP } from "./loop";
import { observe } from "./observe";
import { context, stagedNowhere } from "./prepare";
import { servedApi } from "./served-api";

type Files = ReadonlyMap<string, string>;

const examples = join(__dirname, "../../examples");
const stack = "/lib/orders-stack.ts";
const names = { orders: "OrdersApi", reports: "ReportsApi" } as const;

/** The calls of `web/api.ts`, and what the page reads when they succeed. */
const calls = {
  saveOrder: { api: "orders", given: [{ id: "7" }, "token"], reads: { id: "7", items: [] } },
  requestReport: { api: "reports", given: ["2026-01"], reads: { month: "2026-01", orders: 0 } },
} as const;

const blocked = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";

function filesOf(example: string): Files {
  const folder = join(examples, example);
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\.(ts|py)$/.test(entry.name),
  );
  return new Map(
    found.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [`/${relative(folder, path)}`, readFileSync(path, "utf8")] as const;
    }),
  );
}

const modelOf = async (files: Files): Promise<readonly string[]> =>
  withoutPlaces(link(await memoryProject(files)));

describe("the example's loop, closed", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "loop-example-"));
  const deployments = new Map<string, Deployment>();
  const scripts = new Map<string, string>();
  let seen: Seen = { visited: [], faults: new Map(), doubts: new Map() };

  before(async function () {
    requires(this, hasBrowser(), `no Chromium at ${CHROMIUM} (set CHROMIUM)`);
    const node = filesOf("acme-orders-ts");
    const python = filesOf("acme-orders-py");
    // CDK refuses the partners' API as it is; without that fault the others can be seen.
    const deployable = ["wildcard-origin-with-credentials"];
    const [nodeBefore, pythonBefore, nodeAfter, pythonAfter] = [
      await fixedFiles(node, deployable, { context }),
      await fixedFiles(python, deployable, { context }),
      await fixedFiles(node, undefined, { context }),
      await fixedFiles(python, undefined, { context }),
    ];
    assert.deepEqual(await modelOf(pythonBefore), await modelOf(nodeBefore));
    assert.deepEqual(await modelOf(pythonAfter), await modelOf(nodeAfter));
    await deploy("node-before", nodeBefore, nodeBefore);
    await deploy("node-after", nodeAfter, nodeAfter);
    await deploy("python-before", pythonBefore, nodeBefore);
    await deploy("python-after", pythonAfter, nodeAfter);
    const versions = ["node-before", "node-after", "python-before", "python-after"];
    seen = await observe({ deployments, scripts }, [versions.flatMap(visitsOf)]);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("is refused by CDK as it is", async () => {
    const text = filesOf("acme-orders-ts").get(stack) ?? "";
    await assert.rejects(
      synthesizeText(text, join(examples, "acme-orders-ts", dirname(stack))),
      /allowCredentials is not supported/,
    );
  });

  for (const runtime of ["node", "python"]) {
    for (const name of Object.keys(calls) as (keyof typeof calls)[]) {
      it(`${name}, handler in ${runtime}`, () => {
        const [before, after] = ["before", "after"].map((state) =>
          visited(`${runtime}-${state}`, name),
        );
        assert.ok(before && after);
        assert.equal(seen.faults.size, 0, [...seen.faults.values()].join());
        assert.equal(before.outcome.ok, false, shown(before));
        assert.ok(
          before.console.some((line) => saysSo(line, blocked)),
          shown(before),
        );
        assert.ok(after.outcome.ok, shown(after));
        assert.deepEqual(JSON.parse(after.outcome.body), calls[name].reads);
      });
    }
  }

  /** The APIs of a version, each at its host, with the handlers of `files` behind the stack of `stacks`. */
  async function deploy(version: string, files: Files, stacks: Files): Promise<void> {
    const root = join(folder, version);
    for (const [file, text] of files) {
      write(join(root, file), text);
      if (/^\/lambda\/.*\.ts$/.test(file))
        write(join(root, file.replace(/ts$/, "js")), compiled(text));
    }
    const templates = await synthesizeText(
      stacks.get(stack) ?? "",
      join(root, dirname(stack)),
      stagedNowhere,
    );
    const language = version.startsWith("python") ? "python" : "node";
    const functions = new Map(
      [...functionsOf(templates, root)].map(([id, each]): [string, TemplateFunction] => [
        id,
        { ...each, language },
      ]),
    );
    const { apis } = templateModel(templates);
    let page = compiled(files.get("/web/api.ts") ?? "", ts.ModuleKind.ESNext);
    for (const [key, name] of Object.entries(names)) {
      const api = apis.find(({ path }) => path.includes(name));
      assert.ok(api, `the template has no ${name}`);
      const host = hostOf(version, key);
      deployments.set(host, { api: servedApi(api), functions, root });
      const variable = `import.meta.env.VITE_${key.toUpperCase()}_API_URL`;
      page = page.replaceAll(variable, JSON.stringify(`https://${host}`));
    }
    scripts.set(`/${version}.js`, page);
  }

  function visitsOf(version: string): readonly Visit[] {
    return Object.entries(calls).map(([name, { api, given }]) => ({
      host: hostOf(version, api),
      origin: APP,
      sandboxed: false,
      run: { module: `/${version}.js`, name, arguments: given },
    }));
  }

  function visited(version: string, name: keyof typeof calls): Visited | undefined {
    const host = hostOf(version, calls[name].api);
    return seen.visited.find(
      (each) => each.host === host && (each.run as PageFunction).name === name,
    );
  }
});

const hostOf = (version: string, api: string): string => `${version}-${api}.api.acmecorp.com`;

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function compiled(text: string, module = ts.ModuleKind.CommonJS): string {
  const compilerOptions = { module, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

function shown({ outcome, console: lines }: Visited): string {
  return [JSON.stringify(outcome), ...lines].join("\n");
}
