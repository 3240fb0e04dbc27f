import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { readConsole, type Engine } from "../../shared/src/browser";
import { lineStartsOf, positionAt } from "../../shared/src/ir/span";
import { engine } from "../../server/src/engine";
import { explainError } from "../../server/src/console/explain-error";
import type { KnownApp } from "../../server/src/console/served";
import { run, runWithInput } from "../cli/run";
import { targetsOf } from "../../server/src/commands/targets";
import { Analysis } from "../../server/src/workspace/analysis";
import {
  chromium,
  chromiumPreflight,
  firefox,
  type Fault,
  noHeader,
  noWildcard,
  webkit,
} from "./browsers";

const examples = path.join(__dirname, "../../examples");
const [app, qa, evil] = [
  "https://app.acmecorp.com",
  "https://qa.acmecorp.com",
  "https://evil.example",
];
const at = (origin: string, rest: string, more: Partial<Fault> = {}): Fault => ({
  url: `https://k3v9p2x7d1.execute-api.eu-central-1.amazonaws.com${rest}`,
  origin,
  ...more,
});

/** The words of the line that the error has to lead to, in TypeScript and in Python; the rule; the API. */
const lines = {
  slash: ["https://app.acmecorp.com/", "origin-never-matches", "OrdersApi"],
  origins: ["allow_?origins(: |=)\\[$", "request-refused-by-policy", "OrdersApi"],
  methods: ["allow_?methods(: |=)\\[$", "allow-methods-missing", "OrdersApi"],
  headers: ["allow_?headers(: |=)\\[.*x-csrf", "allow-headers-missing", "OrdersApi"],
  star: ['allow_?origins(: |=)\\["\\*"\\]', "wildcard-origin-with-credentials", "PartnersApi"],
  reports: ["ReportsApi", "cors-not-configured", "ReportsApi"],
  failure: ["400", "error-response-without-allow-origin", "ReportsApi"],
  success: ["200", "success-response-without-allow-origin", "ReportsApi"],
} as const;

type Case = readonly [line: keyof typeof lines, text: string];

const cases: Readonly<Record<Engine, readonly Case[]>> = {
  chromium: [
    ["slash", chromiumPreflight(noHeader, at(app, "/orders/42", { method: "PUT" }))],
    ["slash", chromiumPreflight(noHeader, at(app, "/orders"))],
    [
      "methods",
      chromium(
        "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
        at(qa, "/orders/42"),
      ),
    ],
    [
      "methods",
      chromium(
        "Method DELETE is not allowed by Access-Control-Allow-Methods in preflight response.",
        at(qa, "/orders/42"),
      ),
    ],
    [
      "headers",
      chromium(
        "Request header field authorization is not allowed by Access-Control-Allow-Headers in preflight response.",
        at(qa, "/orders"),
      ),
    ],
    [
      "headers",
      chromium(
        "Request header field x-trace is not allowed by Access-Control-Allow-Headers in preflight response.",
        at(qa, "/orders/42"),
      ),
    ],
    ["origins", chromiumPreflight(noHeader, at(evil, "/orders/42"))],
    ["star", chromiumPreflight(noWildcard, at(app, "/orders", { method: "GET" }))],
    ["star", chromium(noWildcard, at(app, "/orders", { method: "GET", status: 200 }))],
    ["reports", chromiumPreflight(noHeader, at(app, "/reports", { method: "POST" }))],
    ["failure", chromium(noHeader, at(app, "/reports", { method: "POST", status: 400 }))],
    ["success", chromium(noHeader, at(app, "/reports", { method: "POST", status: 200 }))],
  ],
  firefox: [
    [
      "slash",
      firefox(
        "CORS header 'Access-Control-Allow-Origin' missing",
        at(app, "/orders/42", { status: 204 }),
      ),
    ],
    [
      "slash",
      `XHRPUT ${at(app, "/orders/42").url} CORS Missing Allow Origin\n${firefox("CORS header 'Access-Control-Allow-Origin' missing", at(app, "/orders/42", { status: 204 }))}`,
    ],
    [
      "methods",
      firefox(
        "Did not find method in CORS header 'Access-Control-Allow-Methods'",
        at(qa, "/orders/42"),
      ),
    ],
    [
      "headers",
      firefox(
        "header 'authorization' is not allowed according to header 'Access-Control-Allow-Headers' from CORS preflight response",
        at(qa, "/orders/42", { status: 204 }),
      ),
    ],
    [
      "headers",
      firefox(
        "header 'x-trace' is not allowed according to header 'Access-Control-Allow-Headers' from CORS preflight response",
        at(qa, "/orders"),
      ),
    ],
    [
      "headers",
      firefox(
        "missing token 'authorization' in CORS header 'Access-Control-Allow-Headers' from CORS preflight channel",
        at(qa, "/orders"),
      ),
    ],
    [
      "star",
      firefox(
        "Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '*'",
        at(app, "/orders"),
      ),
    ],
    [
      "reports",
      firefox(
        "CORS header 'Access-Control-Allow-Origin' missing",
        at(app, "/reports", { status: 404 }),
      ),
    ],
    [
      "reports",
      firefox("CORS preflight response did not succeed", at(app, "/reports", { status: 404 })),
    ],
    [
      "failure",
      firefox(
        "CORS header 'Access-Control-Allow-Origin' missing",
        at(app, "/reports", { status: 400 }),
      ),
    ],
    [
      "success",
      firefox(
        "CORS header 'Access-Control-Allow-Origin' missing",
        at(app, "/reports", { status: 200 }),
      ),
    ],
  ],
  webkit: [
    [
      "slash",
      webkit(
        `Origin ${app} is not allowed by Access-Control-Allow-Origin. Status code: 204`,
        at(app, "/orders/42"),
      ),
    ],
    [
      "slash",
      webkit(`Origin ${app} is not allowed by Access-Control-Allow-Origin.`, at(app, "/orders/7")),
    ],
    [
      "origins",
      webkit(
        `Origin ${evil} is not allowed by Access-Control-Allow-Origin. Status code: 204`,
        at(evil, "/orders/42"),
      ),
    ],
    [
      "methods",
      webkit("Method PUT is not allowed by Access-Control-Allow-Methods.", at(qa, "/orders/42")),
    ],
    [
      "methods",
      webkit("Method DELETE is not allowed by Access-Control-Allow-Methods.", at(qa, "/orders/42")),
    ],
    [
      "headers",
      webkit(
        "Request header field Authorization is not allowed by Access-Control-Allow-Headers.",
        at(qa, "/orders"),
      ),
    ],
    [
      "headers",
      webkit(
        "Request header field X-Trace is not allowed by Access-Control-Allow-Headers.",
        at(qa, "/orders"),
      ),
    ],
    [
      "star",
      webkit(
        "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.",
        at(app, "/orders"),
      ),
    ],
    [
      "reports",
      webkit("Preflight response is not successful. Status code: 404", at(app, "/reports")),
    ],
    [
      "failure",
      webkit(
        `Origin ${app} is not allowed by Access-Control-Allow-Origin. Status code: 400`,
        at(app, "/reports"),
      ),
    ],
    [
      "success",
      webkit(
        `Origin ${app} is not allowed by Access-Control-Allow-Origin. Status code: 200`,
        at(app, "/reports"),
      ),
    ],
  ],
};

async function appsOf(name: string): Promise<readonly KnownApp[]> {
  const targets = await targetsOf([name], { cwd: examples });
  const analysis = new Analysis(engine);
  await analysis.update({
    ...targets,
    settings: () => ({
      context: { origins: [], behindHttpApiCors: "inconsistent" },
      severities: {},
    }),
  });
  return analysis.results
    .filter(({ app: each }) => targets.concerns(each))
    .map(({ model, findings }) => ({ model, findings, addresses: () => [] }));
}

for (const language of ["ts", "py"]) {
  describe(`console errors of the broken example, ${language}`, () => {
    let apps: readonly KnownApp[] = [];
    before(async () => {
      apps = await appsOf(`acme-orders-${language}`);
    });

    for (const [browser, each] of Object.entries(cases)) {
      for (const [line, text] of each) {
        it(`${browser}: ${text.split("\n")[0]?.slice(-110) ?? ""} -> ${line}`, () => {
          const [error, ...others] = readConsole(text);
          assert.ok(error);
          assert.deepEqual(others, []);
          const told = explainError(error, apps);
          const [words, rule, api] = lines[line];
          const place = told.located?.at;
          assert.ok(place, JSON.stringify(told.kind));
          const code = readFileSync(place.file, "utf8");
          const { line: number } = positionAt(lineStartsOf(code), place.start);
          assert.match(code.split("\n")[number] ?? "", new RegExp(words, "i"));
          assert.deepEqual(
            [
              told.kind,
              told.finding?.rule ?? told.located?.finding.rule,
              told.replay?.served.api.name,
            ],
            ["explained", rule, api],
          );
        });
      }
    }
  });
}

describe("cors-lens explain of a console error", () => {
  const method = chromium(
    "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
    at(qa, "/orders/42"),
  );

  it("names step, API, line, call, reason and fix", async () => {
    const { code, out } = await run(engine, examples, "explain", method, "--app", "acme-orders-ts");
    assert.equal(code, 1);
    assert.equal(
      out,
      `Chromium: PUT ${at(qa, "/orders/42").url} from ${qa}
  step  preflight-method-allowed: The OPTIONS response allows the request's method.
  API   OrdersApi (HttpApi), PUT /orders/{id}
  line  acme-orders-ts/lib/orders-stack.ts:29:9
        allowMethods: [
  call  acme-orders-ts/web/api.ts:6:26
  why   The browser may not use PUT and DELETE, so it does not send the request.
        The API has such a route, and the preflight's answer does not list the method. Add PUT and DELETE to the allowed methods.
  rule  allow-methods-missing (cors-lens rule allow-methods-missing)
  fix   Allow PUT and DELETE (safe: check --fix does it)
`,
    );
  });

  it("reads it from standard input, and gives it as data", async () => {
    const args = ["explain", "--format", "json", "--app", "acme-orders-py"];
    const { out } = await runWithInput(engine, examples, method, ...args);
    const { errors } = JSON.parse(out) as { errors: Record<string, unknown>[] };
    assert.equal(errors.length, 1);
    const { kind, step, api, rule, credentials } = errors[0] ?? {};
    assert.deepEqual(
      [kind, step, api, rule, credentials],
      [
        "explained",
        "preflight-method-allowed",
        "OrdersApi (HttpApi)",
        "allow-methods-missing",
        "include",
      ],
    );
  });

  it("says what to ask where the code does otherwise, has no such path, or CORS is not the matter", async () => {
    const explain = async (text: string): Promise<string> =>
      (await run(engine, examples, "explain", text, "--app", "acme-orders-ts-fixed")).out;
    const contradicted = await explain(method);
    assert.match(contradicted, /This code does otherwise: The browser hands the response/);
    assert.match(
      contradicted,
      /^ {2}ask {3}cors-lens probe https:\/\/\S+ --origin \S+ --method PUT .*--credentials$/m,
    );
    const elsewhere = await explain(chromium(noHeader, at(qa, "/nowhere/at/all")));
    assert.match(elsewhere, /No API of this workspace has a route/);
    const certificate = await explain(`GET ${at(qa, "/orders").url} net::ERR_CERT_DATE_INVALID`);
    assert.match(certificate, /no matter of CORS: no header helps/);
    assert.doesNotMatch(certificate, /API/);
  });

  it("takes a bare CORS error with a URL, and a call with one", async () => {
    const explain = async (...words: string[]): Promise<string> =>
      (await run(engine, examples, "explain", ...words, "--app", "acme-orders-ts")).out;
    assert.match(await explain(`CORS error ${at(qa, "/reports").url}`), /API {3}ReportsApi/);
    assert.match(await explain("PUT", at(qa, "/orders/42").url), /step {2}preflight-/);
    const { code, err } = await run(engine, examples, "explain", "it", "does", "not", "work");
    assert.equal(code, 2);
    assert.match(err, /this is no error of a browser's console/);
  });

  it("takes a custom domain with a base path", async () => {
    const text = chromiumPreflight(noHeader, {
      url: "https://api.acmecorp.com/v1/orders",
      origin: evil,
    });
    const { out } = await run(engine, examples, "explain", text, "--app", "acme-orders-ts");
    assert.match(out, /API {3}OrdersApi/);
  });
});
