/** Declares tests of what becomes of handlers: what the fix writes, and what pages get from it. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runNode } from "../handlers/execute-node";
import type { Outcome } from "../handlers/outcome";
import { request } from "../handlers/request";
import { findingsIn, fixedFiles } from "./check";
import { parseLiteral } from "./literal";
import { memoryProject } from "./memory-project";

export const middlewareRule = "middleware-misplaced";
export const APP = "https://app.acmecorp.com";
export const ADMIN = "https://admin.acmecorp.com";

/** The application, with pages that post JSON to its function; `lambda/orders` follows. */
export function behindApi(runtime: "node" | "python", credentials = "same-origin"): string {
  const version = runtime === "node" ? "NODEJS_22_X" : "PYTHON_3_13";
  return `//- /stack.ts
import { App, Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";

const stack = new Stack(new App(), "Shop");
const orders = new lambda.Function(stack, "Orders", {
  runtime: lambda.Runtime.${version},
  handler: "orders.handler",
  code: lambda.Code.fromAsset("lambda"),
});
const api = new apigwv2.HttpApi(stack, "Api");
api.addRoutes({
  path: "/orders",
  methods: [apigwv2.HttpMethod.ANY],
  integration: new HttpLambdaIntegration("Backend", orders),
});
//- /web/page.ts
export const order = () =>
  fetch(import.meta.env.VITE_API_URL + "/orders", {
    method: "POST",
    credentials: "${credentials}",
    headers: { "content-type": "application/json", "x-csrf-token": "1" },
    body: "{}",
  });
`;
}

/** Fails unless every file of a program parses. */
async function parses(files: ReadonlyMap<string, string>): Promise<void> {
  const project = await memoryProject(files);
  for (const file of project.candidates) {
    assert.notEqual(project.facts(file)?.broken, true, `${file} parses`);
  }
}

/** What a page of this origin gets: the answer, one after an exception, and the one to its preflight. */
async function answers(
  files: ReadonlyMap<string, string>,
  file: string,
  origin: string,
): Promise<readonly Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), "fixed-"));
  try {
    symlinkSync(join(__dirname, "../../node_modules"), join(folder, "node_modules"), "dir");
    for (const [path, text] of files) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const headers = {
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type,x-csrf-token",
    };
    return await runNode(join(folder, file), [
      request("GET", "ok", { origin }),
      request("GET", "boom", { origin }),
      request("OPTIONS", "ok", { origin, headers }),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Case {
  readonly what: string;
  readonly before: string;
  /** The word that is underlined. */
  readonly at: string;
  /** The changed file. */
  readonly after: string;
  readonly origins?: readonly string[];
  /** The handler to run: what a page gets when all is well, when it throws, and as the answer to its preflight. */
  readonly run?: string;
}

/** The fix gives the text, parses, and leaves nothing that was not reported before; the handler does what it is for. */
export function fixes({ what, before, at, after, origins = [APP], run }: Case): void {
  it(`fixes ${what}`, async () => {
    const { files } = parseLiteral(before);
    const found = await findingsIn(files, undefined, { origins });
    const [own, ...others] = found.filter((finding) => finding.rule === middlewareRule);
    assert.ok(own && others.length === 0, `${others.length + 1} findings`);
    assert.equal(files.get(own.at.file)?.slice(own.at.start, own.at.end), at);
    const fixed = await fixedFiles(files, [middlewareRule], {
      context: { origins },
      safety: "review",
    });
    for (const [file, text] of parseLiteral(after).files) assert.equal(fixed.get(file), text);
    await parses(fixed);
    const known = found.filter((finding) => finding !== own).map((finding) => finding.rule);
    const left = (await findingsIn(fixed, undefined, { origins })).map((finding) => finding.rule);
    assert.deepEqual(
      left.filter((id) => !known.includes(id)),
      [],
    );
    if (run === undefined) return;
    for (const origin of origins) await works(fixed, run, origin);
  });
}

async function works(
  files: ReadonlyMap<string, string>,
  file: string,
  origin: string,
): Promise<void> {
  const [ok, boom, preflight] = await answers(files, file, origin);
  for (const outcome of [ok, boom, preflight]) {
    assert.ok(outcome?.k === "answered", JSON.stringify(outcome));
    assert.deepEqual(outcome.headers.get("access-control-allow-origin"), [origin]);
  }
  assert.ok(boom?.k === "answered" && boom.status === 500);
  assert.ok(preflight?.k === "answered" && String(preflight.status).startsWith("2"));
}

/** Reported, and left to people: no fix is offered, or the writer declines the one that is. */
export function leaves(what: string, text: string): void {
  it(`leaves what to do where ${what}`, async () => {
    const context = { origins: [APP, ADMIN] };
    const { files } = parseLiteral(text);
    const found = await findingsIn(files, [middlewareRule], context);
    assert.equal(found.length, 1);
    if (found[0]?.fixes.length === 0) return;
    await assert.rejects(
      fixedFiles(files, [middlewareRule], { context }),
      /the writer cannot spell/,
    );
  });
}
