import assert from "node:assert/strict";
import { type PlanInput, ROUTE_BUDGET, RUN_BUDGET } from "../../server/src/probe/plan";
import { type ProbeReport, probe } from "../../server/src/probe/run";
import { type Loopback, response, startLoopback } from "./loopback";

/** Ten pages; the server knows all but the last. */
const pages = Array.from({ length: 10 }, (_, index) => `http://localhost:${String(3000 + index)}`);
const stranger = (origin: string | null) => origin !== null && !pages.includes(origin);

describe("budget of a probe", () => {
  let server: Loopback;
  beforeEach(async () => {
    server = await startLoopback((request) => {
      const origin = request.get("origin") ?? "";
      const allowed = pages.slice(0, -1).includes(origin);
      return response(200, {
        ...(allowed ? { "Access-Control-Allow-Origin": origin } : {}),
        "Access-Control-Allow-Methods": "GET, PUT, DELETE",
        "Access-Control-Allow-Headers": "content-type",
        Vary: "Origin",
      });
    });
  });
  afterEach(() => server.close());

  async function ask(
    count: number,
    methods: readonly string[],
    routes = 1,
    more: Partial<PlanInput> = {},
  ): Promise<ProbeReport> {
    const report = await probe({
      endpoint: `http://127.0.0.1:${String(server.port)}`,
      api: {
        origins: pages.slice(0, count),
        routes: Array.from({ length: routes }, (_, index) => ({
          path: `/r${String(index)}`,
          methods,
        })),
      },
      pace: 0,
      ...more,
    });
    assert.equal(server.received.length, report.requests);
    assert.ok(report.requests <= RUN_BUDGET);
    for (let index = 0; index < routes; index++) {
      const own = server.received.filter(({ path }) => path.split("?")[0] === `/r${String(index)}`);
      assert.ok(own.length <= ROUTE_BUDGET, `route ${String(index)} cost ${String(own.length)}`);
    }
    return report;
  }

  const judged = ({ verdicts }: ProbeReport) => new Set(verdicts.map(({ origin }) => origin)).size;
  const strangers = () => server.received.filter((request) => stranger(request.get("origin")));

  for (const [what, methods] of [
    ["that preflights", ["GET", "PUT", "DELETE"]],
    ["that only reads", ["GET"]],
    ["that cannot be read", ["PUT", "DELETE"]],
  ] as const) {
    it(`gives each of six pages a verdict for a route ${what}, and asks a stranger`, async () => {
      const report = await ask(6, methods);
      assert.equal(judged(report), 6);
      assert.equal(report.verdicts.length, 6 * methods.length * 2, "every method, both modes");
      assert.ok(strangers().length > 0);
      assert.ok(report.notes.every((note) => !note.includes("not asked for")));
    });
  }

  it("gives a seventh page the stranger's turn, and says so", async () => {
    const report = await ask(7, ["GET", "PUT"]);
    assert.equal(judged(report), 7);
    assert.match(report.notes.join("\n"), /\/r0: not tried a stranger's origin, /);
  });

  it("spreads more pages than that over the routes", async () => {
    const report = await ask(10, ["GET", "PUT"], 3);
    assert.equal(judged(report), 10);
    assert.ok(strangers().length > 0);
    const refused = report.verdicts.filter(({ origin }) => origin === pages[9]);
    assert.ok(refused.length > 0 && refused.every(({ verdict }) => verdict === "blocked"));
  });

  it("names the pages that it did not come to", async () => {
    const { notes } = await ask(10, ["PUT"]);
    assert.match(notes.join("\n"), /\/r0: not asked for (http:\S+, )+http:\S+, beyond the budget/);
  });

  it("leaves every one of many routes its share", async () => {
    const report = await ask(2, ["GET", "PUT", "DELETE"], 15);
    const asked = new Set(server.received.map(({ path }) => path.split("?")[0]));
    assert.equal(asked.size, 15);
    assert.equal(new Set(report.verdicts.map(({ url }) => url)).size, 15);
  });

  it("tries to get past the allow-list after every page has its verdict", async () => {
    await ask(3, ["PUT"], 1, { own: true });
    const origins = server.received.map((request) => request.get("origin"));
    const first = origins.findIndex(stranger);
    assert.deepEqual(origins.slice(0, first), pages.slice(0, 3));
    // Before, behind, below the page, and null: this page has no dot and no https.
    assert.equal(strangers().length, 4);
  });
});

describe("verdicts without an answer of their own", () => {
  const [first = "", second = "", third = ""] = pages;

  async function cells(
    respond: (method: string, origin: string) => Readonly<Record<string, string>>,
    methods: readonly string[] = ["GET", "PUT"],
  ) {
    const server = await startLoopback((request) => {
      return response(200, respond(request.method, request.get("origin") ?? ""));
    });
    try {
      const { verdicts } = await probe({
        endpoint: `http://127.0.0.1:${String(server.port)}/x`,
        // As many as leave no room for a GET each.
        origins: pages.slice(0, 6),
        methods,
        pace: 0,
      });
      return (origin: string, method: string) => {
        const cell = verdicts.find((each) => {
          return each.origin === origin && each.method === method && each.credentials === "omit";
        });
        return [cell?.verdict, cell?.blockedAt, cell?.certainty].join(" ");
      };
    } finally {
      await server.close();
    }
  }

  const lists = { "Access-Control-Allow-Methods": "PUT", Vary: "Origin" };

  it("follow from the page's own preflight and what another page got", async () => {
    const known = [first, second];
    const cell = await cells((_, origin) => ({
      ...lists,
      ...(known.includes(origin) ? { "Access-Control-Allow-Origin": origin } : {}),
    }));
    assert.equal(cell(first, "GET"), "allowed  exact");
    assert.equal(cell(second, "GET"), "allowed  inferred");
    assert.equal(cell(third, "GET"), "blocked response inferred");
    assert.equal(cell(second, "PUT"), "allowed  inferred");
    assert.equal(cell(third, "PUT"), "blocked preflight exact");
  });

  it("do not forgive what the response of the other page lacks", async () => {
    const cell = await cells((method, origin) => ({
      ...lists,
      ...(method === "OPTIONS" ? { "Access-Control-Allow-Origin": origin } : {}),
    }));
    assert.equal(cell(first, "GET"), "blocked response exact");
    assert.equal(cell(second, "GET"), "blocked response inferred");
  });

  it("are not given to a simple request of which nothing was seen", async () => {
    const cell = await cells(() => ({ ...lists, "Access-Control-Allow-Origin": "*" }), ["POST"]);
    assert.equal(cell(first, "POST"), "allowed  inferred");
    const server = await startLoopback(() => response(405));
    const { verdicts } = await probe({
      endpoint: `http://127.0.0.1:${String(server.port)}/x`,
      origins: [first],
      methods: ["POST"],
      pace: 0,
    });
    await server.close();
    assert.deepEqual(verdicts, []);
  });
});
