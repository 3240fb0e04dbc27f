import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { requires } from "../requires";
import { chromium, type Browser, type Frame } from "playwright-core";
import { judge, type Judgement } from "../../shared/src/browser";
import { makeCases, type LiveCase } from "./live-cases";
import { startLiveServer, type LiveServer, type Seen } from "./live-server";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const SEED = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 32));
const COUNT = Number(process.env["CASES"] ?? 1200);

/** What script saw. */
interface Outcome {
  readonly ok: boolean;
  readonly type?: string;
  readonly status?: number;
  readonly headers?: readonly string[];
}

describe("judge agrees with the Chromium of this machine", function () {
  this.timeout(180_000);
  let browser: Browser | undefined;
  let server: LiveServer | undefined;

  before(function () {
    requires(this, existsSync(CHROMIUM), `no Chromium at ${CHROMIUM} (set CHROMIUM)`);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  it(`on ${String(COUNT)} fresh cases, seed ${String(SEED)}`, async () => {
    const cases = makeCases(SEED, COUNT);
    server = await startLiveServer(cases);
    browser = await launch(server.port);
    const outcomes = await fetchAll(browser, cases);
    const disagreements = cases.flatMap((live) => {
      const got = observed(live, outcomes.get(live.id), server?.seen.get(live.id) ?? []);
      const wanted = predicted(live, judge(live));
      return got === wanted ? [] : [`${JSON.stringify(live)}\n  got    ${got}\n  wanted ${wanted}`];
    });
    const blocked = cases.filter((live) => judge(live).verdict === "blocked").length;
    console.log(`      seed ${String(SEED)}: ${String(blocked)} of ${String(COUNT)} blocked`);
    assert.ok(blocked > COUNT / 10 && blocked < COUNT * 0.9, "the cases are lopsided");
    assert.equal(disagreements.length, 0, disagreements.join("\n"));
  });
});

function launch(port: number): Promise<Browser> {
  const flags =
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking " +
    "--disable-component-update --disable-sync --ignore-certificate-errors --no-proxy-server";
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [...flags.split(" "), `--host-resolver-rules=MAP * 127.0.0.1:${String(port)}`],
  });
}

/** Lets a page of each origin fetch its cases, many at a time. */
async function fetchAll(
  browser: Browser,
  cases: readonly LiveCase[],
): Promise<Map<string, Outcome>> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  // The compiler wraps named functions in this helper, which a page does not have.
  await context.addInitScript("globalThis.__name = (named) => named");
  const outcomes = new Map<string, Outcome>();
  for (const origin of new Set(cases.map(({ request }) => request.origin))) {
    const page = await context.newPage();
    await page.goto(`${origin === "null" ? "http://embedder.example.com" : origin}/page`);
    const frame = origin === "null" ? await sandboxedFrame(page.mainFrame()) : page.mainFrame();
    const own = cases.filter(({ request }) => request.origin === origin);
    const requests = own.map(({ id, request }) => ({ id, request }));
    const results = await frame.evaluate(runInPage, requests);
    for (const [id, outcome] of results) outcomes.set(id, outcome);
    await page.close();
  }
  return outcomes;
}

async function sandboxedFrame(main: Frame): Promise<Frame> {
  await main.evaluate(() => {
    const frame = document.createElement("iframe");
    frame.sandbox.add("allow-scripts");
    frame.srcdoc = "<!doctype html><title>sandboxed</title>";
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
    document.body.append(frame);
    return loaded;
  });
  const [child] = main.childFrames();
  assert.ok(child !== undefined);
  return child;
}

/** Runs inside the page; must not use anything from this module. */
async function runInPage(
  cases: readonly Pick<LiveCase, "id" | "request">[],
): Promise<[string, Outcome][]> {
  const body = (kind: string | null): BodyInit | null => {
    if (kind === null) return null;
    if (kind === "bytes") return new Uint8Array([1, 2]);
    if (kind === "string") return "text";
    if (kind === "urlencoded") return new URLSearchParams({ a: "b" });
    if (kind === "formdata") return new FormData();
    return new Blob(["x"], { type: kind.slice("blob:".length) });
  };
  const run = async ({ id, request }: (typeof cases)[number]): Promise<[string, Outcome]> => {
    const { method, credentials, mode, redirect } = request;
    const headers = request.headers.map(([name, value]): [string, string] => [name, value]);
    try {
      const init = { method, credentials, mode, redirect, headers, body: body(request.body) };
      const response = await fetch(request.url, init);
      const names = [...response.headers.keys()].sort();
      return [id, { ok: true, type: response.type, status: response.status, headers: names }];
    } catch {
      return [id, { ok: false }];
    }
  };
  const queue = [...cases];
  const results: [string, Outcome][] = [];
  const worker = async () => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop())
      results.push(await run(next));
  };
  await Promise.all(Array.from({ length: 24 }, worker));
  return results;
}

function observed(live: LiveCase, outcome: Outcome | undefined, seen: readonly Seen[]): string {
  const last = seen.at(-1);
  const stage = last === undefined ? null : last.preflight ? "preflight" : "response";
  const preflights = seen
    .filter(({ preflight }) => preflight)
    .map((request) => [request.hop, request.origin, request.requestMethod, request.requestHeaders]);
  const requests = seen
    .filter(({ preflight }) => !preflight)
    .map((request) => [request.hop, request.method, corsOrigin(live, request.origin)]);
  const { ok = false, type, status, headers } = outcome ?? {};
  const response = ok ? { type, status, headers: withoutLength(headers ?? []) } : null;
  return JSON.stringify(
    { ok, blockedAt: ok ? null : stage, preflights, requests, response },
    null,
    1,
  );
}

function predicted(live: LiveCase, judged: Judgement): string {
  const ok = judged.verdict === "allowed";
  const preflights = judged.preflights.map((request) => [
    request.hop,
    request.origin,
    request.accessControlRequestMethod,
    request.accessControlRequestHeaders,
  ]);
  const requests = judged.requests.map(({ hop, method, origin }) => [
    hop,
    method,
    corsOrigin(live, origin),
  ]);
  const { type, status, exposedHeaders = [] } = judged.response ?? {};
  const response = ok ? { type, status, headers: withoutLength(exposedHeaders) } : null;
  return JSON.stringify(
    { ok, blockedAt: judged.blockedAt, preflights, requests, response },
    null,
    1,
  );
}

/** The Origin of a no-cors POST follows the referrer policy and no step of CORS. */
function corsOrigin(live: LiveCase, origin: string | null): string | null {
  return live.request.mode === "cors" ? origin : null;
}

/** The server adds Content-Length itself. */
function withoutLength(headers: readonly string[]): string[] {
  return headers.filter((name) => name !== "content-length");
}
