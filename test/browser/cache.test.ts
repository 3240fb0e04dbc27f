import assert from "node:assert/strict";
import {
  cacheEntry,
  isServedBy,
  maxAge,
  PROFILES,
  type Credentials,
  type Header,
  type PreflightQuestion,
  type ProfileName,
} from "../../shared/src/browser";

const key = { origin: "https://app.example.com", url: "https://api.example.com/x?y" };

/** Whether the second of two requests goes without a preflight, `later` seconds after the first. */
function served(
  profile: ProfileName,
  headers: readonly Header[],
  change: Partial<PreflightQuestion> & { first?: Credentials; later?: number; url?: string } = {},
): boolean {
  const { cache } = PROFILES[profile];
  const { first = "omit", later = 1, url = key.url, ...rest } = change;
  const entry = cacheEntry({ ...key, credentials: first }, { status: 204, headers }, 100, cache);
  const question = {
    method: "PUT",
    unsafeNames: ["x-a"],
    credentials: "omit",
    forced: false,
  } as const;
  const asked = { ...question, ...rest };
  const second = { ...key, url, credentials: asked.credentials };
  return entry !== null && isServedBy(entry, second, asked, 100 + later, cache);
}

const all = (age: string): Header[] => [
  ["Access-Control-Allow-Methods", "PUT, DELETE"],
  ["Access-Control-Allow-Headers", "X-A, X-B"],
  ["Access-Control-Max-Age", age],
];
const star: Header[] = [
  ["Access-Control-Allow-Methods", "*"],
  ["Access-Control-Allow-Headers", "*"],
];

describe("preflight cache", () => {
  it("cuts the age at each browser's cap", () => {
    const age = (profile: ProfileName) => maxAge("100000", PROFILES[profile].cache);
    assert.deepEqual([age("browsers"), age("firefox"), age("webkit")], [7200, 86400, 600]);
  });

  it("takes five seconds when the header is absent or empty", () => {
    for (const profile of ["browsers", "firefox", "webkit"] as const) {
      assert.equal(maxAge(null, PROFILES[profile].cache), 5);
      assert.equal(maxAge("", PROFILES[profile].cache), 5);
    }
  });

  it("keeps nothing for 0 and less", () => {
    for (const value of ["0", "-1"]) assert.equal(maxAge(value, PROFILES.browsers.cache), 0);
  });

  it("falls back to five seconds for what is no number, but for Firefox, which keeps nothing", () => {
    for (const value of ["abc", "1.5", "5, 6", "+5", "600s"]) {
      assert.equal(maxAge(value, PROFILES.browsers.cache), 5, value);
      assert.equal(maxAge(value, PROFILES.webkit.cache), 5, value);
      assert.equal(maxAge(value, PROFILES.firefox.cache), 0, value);
    }
  });

  it("serves the listed methods and headers, asked before or not, until it expires", () => {
    assert.ok(served("browsers", all("60")));
    assert.ok(served("browsers", all("60"), { method: "DELETE", unsafeNames: ["x-b"] }));
    assert.ok(!served("browsers", all("60"), { unsafeNames: ["x-c"] }));
    assert.ok(!served("browsers", all("60"), { method: "PATCH" }));
    assert.ok(!served("browsers", all("60"), { later: 60 }));
    assert.ok(!served("browsers", all("60"), { url: "https://api.example.com/x" }));
  });

  it("serves by * except in Firefox and except with credentials", () => {
    assert.ok(served("browsers", star));
    assert.ok(served("webkit", star));
    assert.ok(!served("firefox", star));
    assert.ok(!served("browsers", star, { first: "include", credentials: "include" }));
  });

  it("lets an entry with credentials serve a request without, not the reverse", () => {
    assert.ok(served("browsers", all("60"), { first: "include" }));
    assert.ok(!served("firefox", all("60"), { first: "include" }));
    assert.ok(!served("browsers", all("60"), { credentials: "include" }));
    assert.ok(served("browsers", all("60"), { first: "same-origin" }));
  });

  it("serves HEAD with unsafe headers except in Firefox", () => {
    assert.ok(served("browsers", all("60"), { method: "HEAD" }));
    assert.ok(!served("firefox", all("60"), { method: "HEAD" }));
  });
});
