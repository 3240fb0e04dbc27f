import assert from "node:assert/strict";
import { judge, readConsole, SENTENCES, STEP_IDS } from "../../shared/src/browser";
import { recordedCases } from "./recorded";

const url = "https://api.example.com/orders/42";
const origin = "https://app.example.com";

describe("console sentences", () => {
  it("of Chromium lead to the step that failed, in every recorded case", () => {
    let read = 0;
    for (const recorded of recordedCases) {
      const { id, consoleMessage, request } = recorded;
      if (consoleMessage === null || !consoleMessage.includes("CORS policy")) continue;
      const [error, ...others] = readConsole(consoleMessage);
      assert.deepEqual(others, [], id);
      const [failure] = judge(recorded).failures;
      assert.ok(failure && error?.steps.includes(failure.step), `${id} ${consoleMessage}`);
      assert.equal(error?.url, failure?.url, id);
      assert.equal(error?.origin, request.origin, id);
      read++;
    }
    assert.ok(read > 1000, String(read));
  });

  it("have steps that exist", () => {
    for (const { text, steps } of SENTENCES) {
      for (const step of steps) assert.ok(STEP_IDS.includes(step), text);
    }
  });

  it("of Firefox have typographic quotes, and the URL in quotes or without", () => {
    const [error] = readConsole(
      `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${url}. (Reason: header ‘x-csrf-token’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response). Status code: 204.`,
    );
    const { sentence, ...said } = error ?? { sentence: "" };
    assert.match(sentence, /^Cross-Origin/);
    assert.deepEqual(said, {
      engine: "firefox",
      steps: ["preflight-header-allowed", "preflight-authorization-listed"],
      url,
      header: "x-csrf-token",
      status: 204,
    });
    const [other] = readConsole(
      `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ‘${url}’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).`,
    );
    assert.equal(other?.url, url);
  });

  it("of WebKit get their URL from the line after them", () => {
    const [error, ...others] = readConsole(
      `[Error] Origin ${origin} is not allowed by Access-Control-Allow-Origin. Status code: 403\n[Error] Fetch API cannot load ${url} due to access control checks.\n[Error] Failed to load resource: Origin ${origin} is not allowed by Access-Control-Allow-Origin. Status code: 403 (42, line 0)`,
    );
    assert.deepEqual(
      others.map(({ url: other }) => other).filter((each) => each !== undefined),
      [],
    );
    assert.deepEqual([error?.url, error?.origin, error?.status], [url, origin, 403]);
  });

  it("take method and status from the line that Chromium adds", () => {
    const [error] = readConsole(
      `app.js:3 Access to fetch at '${url}' from origin '${origin}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.\napp.js:3 PUT ${url} net::ERR_FAILED 401 (Unauthorized)`,
    );
    assert.deepEqual([error?.method, error?.status], ["PUT", 401]);
    assert.deepEqual(error?.steps, ["response-allow-origin-present"]);
  });

  it("are not needed where there is a URL", () => {
    assert.deepEqual(readConsole(`CORS error ${url}`), [{ sentence: "", steps: [], url }]);
    assert.equal(readConsole(`TypeError: Failed to fetch DELETE ${url}`)[0]?.method, "DELETE");
    const spanish = `Solicitud desde otro origen bloqueada: la política de mismo origen impide leer el recurso remoto en ${url} (razón: falta la cabecera CORS 'Access-Control-Allow-Credentials').`;
    assert.deepEqual(readConsole(spanish)[0]?.steps, [
      "preflight-allow-credentials",
      "response-allow-credentials",
    ]);
    assert.deepEqual(readConsole("everything is fine"), []);
    assert.deepEqual(readConsole(""), []);
  });

  it("end for every text", () => {
    for (const piece of [
      "Origin ",
      "Access to ",
      "{method} ",
      "' ",
      " net::",
      "Method ",
      "at 'x' ",
    ]) {
      readConsole(piece.repeat(20_000));
    }
  });
});
