/** A real Chromium whose pages call the deployments, many at a time. */
import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type Frame } from "playwright-core";
import type { LoopServer } from "./server";
import type { PageCall } from "./page-call";

export const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** An exported function of one of the page's modules. */
export interface PageFunction {
  readonly module: string;
  readonly name: string;
  readonly arguments: readonly (string | Readonly<Record<string, string>>)[];
}

export interface Visit {
  /** Host of the deployment that is called. */
  readonly host: string;
  readonly origin: string;
  /** The call stands in a sandboxed frame of that page: its origin is `null`. */
  readonly sandboxed: boolean;
  /** The call, or the page's own function that makes it. */
  readonly run: PageCall | PageFunction;
}

/** What the page's script got: a response it can read, or an exception. */
export type Outcome =
  | { readonly ok: true; readonly status?: number; readonly body: string }
  | { readonly ok: false; readonly error: string };

export interface Visited extends Visit {
  readonly outcome: Outcome;
  /** The lines of the console that name the host. */
  readonly console: readonly string[];
}

export interface Pages {
  visit(visits: readonly Visit[]): Promise<readonly Visited[]>;
  close(): Promise<void>;
}

export const hasBrowser = (): boolean => existsSync(CHROMIUM);

/**
 * Every host name leads to this port of the loopback interface, and this key is good for each of them. Certificates with
 * errors would do for the calls, but Chromium caches nothing that it got with them.
 */
export async function openPages({ port, keyHash }: LoopServer): Promise<Pages> {
  const flags =
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking " +
    "--disable-component-update --disable-sync --no-proxy-server";
  const browser: Browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      ...flags.split(" "),
      `--host-resolver-rules=MAP * 127.0.0.1:${String(port)}`,
      `--ignore-certificate-errors-spki-list=${keyHash}`,
    ],
  });
  const context = await browser.newContext();
  // The compiler wraps named functions in this helper, which a page does not have.
  await context.addInitScript("globalThis.__name = (named) => named");
  return {
    visit: (visits) => visitAll(context, visits),
    close: () => browser.close(),
  };
}

async function visitAll(
  context: BrowserContext,
  visits: readonly Visit[],
): Promise<readonly Visited[]> {
  const places = new Set(visits.map(placeOf));
  const results: Visited[] = [];
  for (const place of places) {
    const own = visits.filter((visit) => placeOf(visit) === place);
    results.push(...(await visitPlace(context, own)));
  }
  return results;
}

const placeOf = ({ origin, sandboxed }: Visit): string => `${origin} ${String(sandboxed)}`;

async function visitPlace(
  context: BrowserContext,
  visits: readonly Visit[],
): Promise<readonly Visited[]> {
  const [first] = visits;
  if (!first) return [];
  const page = await context.newPage();
  const lines: string[] = [];
  page.on("console", (message) => lines.push(message.text()));
  await page.goto(`${first.origin}/`);
  const frame = first.sandboxed ? await sandboxedFrame(page.mainFrame()) : page.mainFrame();
  const outcomes = await frame.evaluate(runInPage, [...visits]);
  // The console's events come before the answer to whatever is asked of the page later.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  await page.close();
  return visits.map((visit, index) => ({
    ...visit,
    outcome: outcomes[index] ?? { ok: false, error: "no outcome" },
    console: lines.filter((line) => line.includes(`//${visit.host}/`)),
  }));
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
  if (!child) throw new Error("the page has no frame");
  return child;
}

/** Runs inside the page; must not use anything from this module. */
async function runInPage(visits: readonly Visit[]): Promise<Outcome[]> {
  const call = async (host: string, { path, ...init }: PageCall): Promise<Outcome> => {
    const response = await fetch(`https://${host}${path}`, init);
    return { ok: true, status: response.status, body: await response.text() };
  };
  const load = async ({ module, name, arguments: given }: PageFunction): Promise<Outcome> => {
    type Functions = Record<string, (...given: unknown[]) => Promise<unknown>>;
    const value = await ((await import(module)) as Functions)[name]?.(...given);
    return { ok: true, body: typeof value === "string" ? value : JSON.stringify(value) };
  };
  const run = async ({ host, run: what }: Visit): Promise<Outcome> => {
    try {
      return "module" in what ? await load(what) : await call(host, what);
    } catch (error) {
      return { ok: false, error: String(error) };
    }
  };
  return Promise.all(visits.map(run));
}
