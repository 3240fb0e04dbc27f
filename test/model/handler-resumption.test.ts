/** Paths that are taken up where they differ from earlier ones answer as if each was followed from the handler's first line. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { moduleMember, runFile } from "../../shared/src/interpreter/modules/modules";
import { newEvaluation } from "../../shared/src/interpreter/core/state";
import { awsDomain } from "../../shared/src/readers/domain";
import { explorePaths } from "../../shared/src/readers/handler/paths";
import { readResponses } from "../../shared/src/readers/handler/responses";
import { memoryProject } from "../rules/memory-project";

interface Followed {
  readonly executed: number;
  readonly paths: number;
  readonly steps: number;
  readonly answers: string;
}

async function follow(
  files: ReadonlyMap<string, string>,
  file: string,
  fromBeginning: boolean,
): Promise<Followed | undefined> {
  const project = await memoryProject(files);
  const run = newEvaluation(project, awsDomain(), 400_000, { moduleSteps: 40_000, fromBeginning });
  const module = runFile(run, file);
  const at = { file, start: 0, end: 0 };
  const handler = module && moduleMember(run, module.scope, file, "handler", at);
  if (!module || handler?.t !== "function") return undefined;
  const { paths, complete } = explorePaths(run, module.scope, handler, handler.at);
  const { executed, steps } = run;
  const ends = paths.map(({ thrown, caught }) => [thrown?.at, caught]);
  const promised = paths.flatMap(({ returned }) => returned.map((one) => JSON.stringify(one)));
  const told = [complete, ends, [...new Set(promised)].sort(), readResponses(paths)];
  const answers = JSON.stringify(told, undefined, 1);
  return { executed, steps, paths: paths.length, answers };
}

async function both(
  files: ReadonlyMap<string, string>,
  file: string,
): Promise<{ readonly resumed: Followed; readonly anew: Followed } | undefined> {
  const [resumed, anew] = [await follow(files, file, false), await follow(files, file, true)];
  return resumed && anew && { resumed, anew };
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Dispatches to operations, each of which checks what it is given. */
const heavy = new Map([
  [
    "/heavy.ts",
    `const respond = (statusCode, body) => ({ statusCode, headers: { Vary: "Origin" }, body });
${numbers(6)
  .map(
    (n) => `async function operation${n}(event) {
  const body = JSON.parse(event.body);
${numbers(5)
  .map(
    (k) => `  if (!body.field${k}) return respond(400, "field${k}");
  if (typeof body.field${k} === "string") body.field${k} = body.field${k}.slice(0, ${k});`,
  )
  .join("\n")}
  try {
    return respond(200, await load(body));
  } catch (error) {
    if (error.name === "N${n}") return respond(409, "");
    throw error;
  }
}`,
  )
  .join("\n")}
export const handler = async (event) => {
  const path = event.rawPath;
  try {
${numbers(6)
  .map((n) => `    if (path === "/${n}") return await operation${n}(event);`)
  .join("\n")}
    return respond(404, "");
  } catch (error) {
    return respond(500, "");
  }
};`,
  ],
  [
    "/heavy.py",
    `import json
def respond(status, body):
    return {"statusCode": status, "headers": {"Vary": "Origin"}, "body": body}
${numbers(6)
  .map(
    (n) => `def operation_${n}(event):
    body = json.loads(event["body"])
${numbers(5)
  .map(
    (k) => `    if not body.get("field${k}"):
        return respond(400, "field${k}")
    if isinstance(body["field${k}"], str):
        body["field${k}"] = body["field${k}"][:${k}]`,
  )
  .join("\n")}
    return respond(200, load(body))`,
  )
  .join("\n")}
def handler(event, context):
    path = event["rawPath"]
    try:
${numbers(6)
  .map((n) => `        if path == "/${n}":\n            return operation_${n}(event)`)
  .join("\n")}
        return respond(404, "")
    except Exception:
        return respond(500, "")
`,
  ],
]);

/** What is shared by paths: what a statement changed, a promise that was awaited, a `try` that has considered a throw. */
const shapes: Record<string, string> = {
  "/switch.ts": `export const handler = async (event) => {
  const seen = [];
  let headers = {};
  try {
    switch (event.httpMethod) {
      case "GET": {
        seen.push("get");
        if (event.headers.origin) headers["Access-Control-Allow-Origin"] = event.headers.origin;
        if (await load(event)) return { statusCode: 200, headers, body: seen.join() };
        break;
      }
      case "POST":
        headers = { ...headers, Vary: "Origin" };
      default:
        seen.push("other");
        if (event.headers["x-a"]) throw new Error("a");
    }
    if (seen.length > 1) return { statusCode: 201, headers };
  } catch (error) {
    if (event.headers["x-b"]) return { statusCode: 500, headers };
    headers.Vary = "Accept";
    if (event.headers["x-c"]) return { statusCode: 501, headers };
    throw error;
  } finally {
    if (event.headers["x-d"]) headers["X-D"] = "1";
  }
  return { statusCode: 404, headers };
};
async function load(event) {
  const found = fetch("x");
  if (event.headers["x-e"]) return await found;
  if (event.headers["x-f"]) return found;
  return event.headers["x-g"] ? { ok: (await found).ok } : null;
}`,
  "/lists.py": `def handler(event, context):
    headers = {}
    errors = []
    origins = ["https://a.example"]
    if event["headers"].get("x-a"):
        origins.append("https://b.example")
        errors += ["a"]
    if event["headers"].get("origin") in origins:
        headers["Access-Control-Allow-Origin"] = event["headers"]["origin"]
    try:
        if event["headers"].get("x-b"):
            errors.append("b")
            return answer(400 if errors else 200, headers, event)
        for part in event["headers"].get("x-c", "").split(","):
            if part == "d":
                raise ValueError(part)
        headers.update({"Vary": "Origin"})
        return answer(200, headers, event)
    except ValueError as error:
        if event["headers"].get("x-e"):
            raise
        return answer(422, headers, event)

def answer(status, headers, event):
    if event["httpMethod"] == "OPTIONS":
        return {"statusCode": 204, "headers": headers}
    if event["headers"].get("x-f"):
        headers["X-F"] = "f"
    return {"statusCode": status, "headers": headers}
`,
};

describe("paths that are taken up where they differ", () => {
  it("answer as if they were followed from the beginning, where many operations check much", async () => {
    for (const name of heavy.keys()) {
      const found = await both(heavy, name);
      assert.ok(found);
      assert.equal(found.resumed.answers, found.anew.answers, name);
    }
  });

  it("do so where statements change what others share", async () => {
    for (const [name, text] of Object.entries(shapes)) {
      const found = await both(new Map([[name, text]]), name);
      assert.ok(found);
      assert.ok(found.resumed.paths > 8, `${name}: ${found.resumed.paths} paths`);
      assert.equal(found.resumed.answers, found.anew.answers, name);
    }
  });

  it("do so in the handlers that are executed for the truth", async () => {
    const folder = path.join(__dirname, "../handlers/cases");
    let compared = 0;
    for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!/\.(ts|js|py)$/.test(entry)) continue;
      const name = `/${entry}`;
      const text = readFileSync(path.join(folder, entry), "utf8");
      const found = await both(new Map([[name, text]]), name);
      if (!found) continue;
      compared++;
      assert.equal(found.resumed.answers, found.anew.answers, name);
    }
    assert.ok(compared > 20, `${compared} handlers`);
  }).timeout(60_000);

  it("take at most three quarters of the steps", async () => {
    for (const name of heavy.keys()) {
      const found = await both(heavy, name);
      assert.ok(found);
      const { resumed, anew } = found;
      assert.ok(resumed.executed < 0.75 * anew.executed, `${resumed.executed} of ${anew.executed}`);
      assert.equal(resumed.steps - anew.steps, 0);
    }
  });
});
