import assert from "node:assert/strict";
import { consoleMessage, judge, type Judgement } from "../../shared/src/browser";
import { differences, recordedCases, type Outcome, type RecordedCase } from "./recorded";

const outcome = ({ verdict, blockedAt }: Outcome) => `${verdict} at ${blockedAt ?? "nothing"}`;
const withoutUrl = <T extends { readonly url: string }>({ url: _url, ...rest }: T) => rest;
/** The recording server added Content-Length itself. */
const names = (headers: readonly string[]) => headers.filter((name) => name !== "content-length");

describe("judge agrees with Chromium on every recorded exchange", () => {
  it("has the whole file", () => assert.equal(recordedCases.length, 2600));

  for (const category of new Set(recordedCases.map((recorded) => recorded.category))) {
    const cases = recordedCases.filter((recorded) => recorded.category === category);
    it(`${category}: verdict, stage, requests on the wire, exposed headers, error code`, () => {
      const wrong = cases.filter((recorded) => !agrees(recorded, judge(recorded)));
      assert.deepEqual(
        wrong.map(({ id }) => id),
        [],
      );
    });
    it(`${category}: the console sentence`, () => {
      for (const recorded of cases) assertConsole(recorded, judge(recorded));
    });
    it(`${category}: the Fetch standard's own verdict`, () => {
      const wrong = cases.filter((recorded) => {
        return outcome(judge(recorded, "standard")) !== outcome(recorded.fetchStandard);
      });
      assert.deepEqual(
        wrong.map(({ id }) => id),
        [],
      );
    });
  }
});

function agrees(recorded: RecordedCase, judged: Judgement): boolean {
  const is = (got: unknown, wanted: unknown) => JSON.stringify(got) === JSON.stringify(wanted);
  const { observed, response } = recorded;
  return (
    outcome(judged) === outcome(recorded) &&
    is(judged.preflights.map(withoutUrl), observed.preflights) &&
    is(judged.requests.map(withoutUrl), observed.requests) &&
    judged.corsError === recorded.corsError &&
    judged.netError === (recorded.netError ?? null) &&
    (recorded.blockedAt === null || judged.blockedHop === (recorded.blockedHop ?? 0)) &&
    judged.response?.type === response?.type &&
    judged.response?.status === response?.status &&
    is(
      names(judged.response?.exposedHeaders ?? []),
      response === undefined ? [] : names(response.exposedHeaders),
    )
  );
}

/**
 * Chromium names one refused header of several in the order of a hash table; the sentence must be
 * that of one of them. Every other sentence must be the same to the character.
 */
function assertConsole(recorded: RecordedCase, judged: Judgement): void {
  const [first] = judged.failures;
  if (first?.step !== "preflight-header-allowed") {
    assert.equal(judged.console, recorded.consoleMessage, recorded.id);
    return;
  }
  const sentences = judged.failures
    .filter(({ step }) => step === first.step)
    .map((failure) => consoleMessage(failure, recorded.request));
  assert.ok(sentences.includes(recorded.consoleMessage ?? ""), recorded.id);
}

describe("judge knows where engines differ", () => {
  /** Not explained by any known difference of the engine; a page's own scheme is not recorded. */
  const unexplained: Readonly<Record<string, readonly string[]>> = {
    firefox: ["h00265"],
    webkit: ["m00808", "m01946", "h00623", "h00843", "h00946", "h01268"],
  };
  const engines = [
    ["browsers", "chromium156"],
    ["standard", "fetchStandard"],
    ["firefox", "firefox153"],
    ["webkit", "webkitgtk2.50"],
  ] as const;

  for (const [profile, engine] of engines) {
    it(`${engine} on ${String(differences.length)} exchanges`, () => {
      const wrong = differences.filter((recorded) => {
        const engineSays = recorded[engine];
        const wanted: Outcome =
          "verdict" in engineSays ? engineSays : { verdict: "blocked", blockedAt: null };
        return outcome(judge(recorded, profile)) !== outcome(wanted);
      });
      assert.deepEqual(
        wrong.map(({ id }) => id),
        unexplained[profile] ?? [],
      );
    });
  }
});

describe("judge lists every failing step", () => {
  const blocked = recordedCases.filter((recorded) => recorded.verdict === "blocked");

  it("names the stage of the recorded block first and at least one step", () => {
    for (const recorded of blocked) assert.ok(judge(recorded).failures.length > 0, recorded.id);
  });

  it("says what would fail next", () => {
    const request = {
      origin: "https://app.example.com",
      url: "https://api.example.com/orders",
      method: "PUT",
      headers: [["Authorization", "Bearer t"]] as const,
      credentials: "include",
      mode: "cors",
      redirect: "follow",
      api: "fetch",
      body: null,
    } as const;
    const judged = judge({
      request,
      preflightResponse: { status: 401, headers: [] },
      actualResponse: { status: 200, headers: [["Access-Control-Allow-Origin", "*"]] },
    });
    assert.deepEqual(
      judged.failures.map(({ step }) => step),
      [
        "preflight-allow-origin-present",
        "preflight-allow-credentials",
        "preflight-status-ok",
        "preflight-method-allowed",
        "preflight-header-allowed",
        "response-allow-origin-not-wildcard",
        "response-allow-credentials",
      ],
    );
    assert.equal(judged.corsError, "PreflightMissingAllowOriginHeader");
    assert.deepEqual(judged.requests, []);
  });
});
