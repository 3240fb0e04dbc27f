import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { ElicitRequestSchema, ListRootsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { engine as realEngine } from "../../server/src/engine";
import type { CliHost } from "../../server/src/commands/command";
import { actionsOf } from "../../server/src/mcp/actions";
import { mcpServer } from "../../server/src/mcp/server";
import type { Engine } from "../../server/src/workspace/check";
import { fakeEngine } from "../workspace/fake-engine";
import { folderWith, removeFolders } from "../workspace/folder";

const root = path.resolve(__dirname, "../..");

/** What the user of an agent answers when asked for consent; without it, the agent's client cannot ask. */
type Consent = "yes" | "no" | "declined" | undefined;

function clientFor(consent: Consent, asked: string[] = []): Client {
  const capabilities = consent === undefined ? {} : { elicitation: {} };
  const client = new Client({ name: "test", version: "1" }, { capabilities });
  if (consent !== undefined) {
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      asked.push(params.message);
      return consent === "declined"
        ? { action: "decline" as const }
        : { action: "accept" as const, content: { send: consent === "yes" } };
    });
  }
  return client;
}

async function connected(engine: Engine, cwd: string, client = clientFor(undefined)) {
  const world: CliHost = {
    engine,
    cwd,
    write: () => assert.fail("standard output belongs to the protocol"),
    stderr: () => undefined,
    status: () => undefined,
    input: () => Promise.resolve(new Uint8Array()),
    color: false,
    showsProgress: false,
  };
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([mcpServer(actionsOf(world)).connect(theirs), client.connect(ours)]);
  return client;
}

async function call(client: Client, name: string, args: Record<string, unknown>) {
  const { content, isError } = await client.callTool({ name, arguments: args });
  assert.ok(Array.isArray(content));
  const [first] = content as { text: string }[];
  return { text: first?.text ?? "", refused: isError === true };
}

describe("MCP server", () => {
  after(removeFolders);

  it("offers its tools and says which of them reach out", async () => {
    const client = await connected(fakeEngine(), root);
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name, annotations }) => [name, annotations?.openWorldHint]),
      [
        ["check", false],
        ["explain", false],
        ["explain_call", false],
        ["explain_error", false],
        ["contract", false],
        ["probe", true],
      ],
    );
    for (const { description, inputSchema } of tools) {
      assert.ok((description?.length ?? 0) > 50);
      assert.equal(inputSchema.type, "object");
      assert.equal((inputSchema as { additionalProperties?: unknown }).additionalProperties, false);
    }
    await client.close();
  });

  it("checks a folder, and answers less when asked for less", async () => {
    const folder = folderWith({
      "app/a.ts": "cors BAD",
      "app/b.ts": "cors UGLY",
      "c.ts": "cors BAD",
    });
    const client = await connected(fakeEngine(), folder);
    const { text } = await call(client, "check", { paths: ["app"] });
    assert.match(
      text,
      /error\[bad-word\][^]*a\.ts:1:6[^]*warning\[ugly-word\][^]*1 error, 1 warning/,
    );
    assert.doesNotMatch(text, /c\.ts/);
    const errors = await call(client, "check", { severity: "error" });
    assert.doesNotMatch(errors.text, /ugly-word/);
    const one = await call(client, "check", { rule: "ugly-word" });
    assert.doesNotMatch(one.text, /bad-word/);
    await client.close();
  });

  it("reads nothing outside of the folders that the client works in, whatever leads there", async () => {
    const outside = folderWith({ "a.ts": "cors BAD" });
    const inside = folderWith({ "app/a.ts": "cors BAD" });
    symlinkSync(outside, path.join(inside, "link"));
    const refused = /^Nothing was read: .* lies outside of/;
    const paths = [
      outside,
      path.relative(inside, outside),
      "..",
      "/",
      "link",
      "link/a.ts",
      "app/../..",
    ];
    const plain = await connected(fakeEngine(), inside);
    for (const each of paths) {
      const answer = await call(plain, "check", { paths: ["app", each] });
      assert.match(answer.text, refused, each);
      assert.equal(answer.refused, true);
    }
    assert.match((await call(plain, "check", { paths: ["app"] })).text, /bad-word/);
    await plain.close();

    const withRoots = new Client({ name: "test", version: "1" }, { capabilities: { roots: {} } });
    const roots = [
      { uri: pathToFileURL(path.join(inside, "app")).href },
      { uri: "file://elsewhere/y" },
    ];
    withRoots.setRequestHandler(ListRootsRequestSchema, () => ({ roots }));
    const client = await connected(fakeEngine(), outside, withRoots);
    assert.match((await call(client, "check", {})).text, /bad-word/);
    assert.match((await call(client, "check", { paths: ["."] })).text, refused);
    roots.splice(0, 2);
    assert.match((await call(client, "check", { paths: ["."] })).text, refused);
    await client.close();
  });

  it("takes an unknown rule or argument for a mistake", async () => {
    const client = await connected(fakeEngine(), folderWith({ "a.ts": "cors BAD" }));
    const rule = await call(client, "check", { rule: "bad-wrod" });
    assert.deepEqual([rule.refused, /there is no rule "bad-wrod"/.test(rule.text)], [true, true]);
    const argument = await call(client, "check", { path: ["."] });
    assert.equal(argument.refused, true);
    assert.match(argument.text, /path/);
    await client.close();
  });

  it("gives edits as edits, and a part of an application with the whole of it", async () => {
    const folder = folderWith({
      "app/cdk.json": "{}",
      "app/a.ts": "cors BAD",
      "app/in/b.ts": "cors BAD",
    });
    const client = await connected(fakeEngine(), folder);
    const { structuredContent } = await client.callTool({
      name: "check",
      arguments: { paths: ["app/in"] },
    });
    const { findings, root: shown } = structuredContent as {
      root: string;
      findings: { file: string; fixes: { edits: unknown[] }[] }[];
    };
    assert.equal(shown, folder);
    assert.deepEqual(
      findings.map(({ file }) => file),
      ["app/in/b.ts"],
    );
    assert.deepEqual(findings[0]?.fixes[0]?.edits, [
      {
        file: "app/in/b.ts",
        start: { line: 1, column: 6 },
        end: { line: 1, column: 9 },
        text: "GOOD",
      },
    ]);
    await client.close();
  });

  it("explains calls and errors, and shows the contract", async () => {
    const client = await connected(realEngine, path.join(root, "examples/acme-orders-py"));
    const error = await call(client, "explain_error", {
      text: "Access to fetch at 'https://x.execute-api.eu-west-1.amazonaws.com/orders/42' from origin 'https://qa.acmecorp.com' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
    });
    assert.match(error.text, /line {2}stacks\/orders_stack\.py:36:/);
    const told = await call(client, "explain_call", { method: "PUT", path: "/orders/42" });
    assert.match(told.text, /Method PUT is not allowed/);
    const unknown = await call(client, "explain_call", { method: "PUT", path: "/ordres" });
    assert.deepEqual([unknown.refused, /The routes are/.test(unknown.text)], [true, true]);
    const { structuredContent } = await client.callTool({ name: "contract", arguments: {} });
    const { apps } = structuredContent as { apps: { calls: unknown[] }[] };
    assert.ok((apps[0]?.calls.length ?? 0) > 30);
    await client.close();
  });

  it("bounds its answer, however long names are", async () => {
    const folder = folderWith({
      [`${"a".repeat(200)}.ts`]: `cors ${"BAD ".repeat(40)} ${"x".repeat(90_000)}`,
    });
    const client = await connected(fakeEngine(), folder);
    const { text } = await call(client, "check", {});
    assert.ok(text.length < 70_000, String(text.length));
    await client.close();
  });

  it("asks the host that it named, however the URL spells it", async () => {
    // The soft hyphen is no part of a host's name; `browser/host.ts` once kept it.
    const asked: string[] = [];
    const client = await connected(fakeEngine(), root, clientFor("no", asked));
    for (const [url, host] of [
      ["https://exa\u00admple.test/", "example.test"],
      ["https://example.test\\@evil.test/", "example.test"],
      ["https://ＥＸＡＭＰＬＥ.test/", "example.test"],
      ["https://example.test#@evil.test/", "example.test"],
      ["https://0x7f.1/", "127.0.0.1"],
    ] as const) {
      const { text } = await call(client, "probe", { url, confirmedHost: host });
      assert.match(text, new RegExp(`did not agree to requests to ${host}`), url);
    }
    await client.close();
  });

  it("keeps an answer short, the worst first", async () => {
    const folder = folderWith({ "a.ts": `cors ${"UGLY ".repeat(40)}BAD` });
    const client = await connected(fakeEngine(), folder);
    const { text } = await call(client, "check", {});
    assert.equal(text.match(/^(error|warning)\[/gm)?.length, 30);
    assert.match(text, /^Paths.*\n\nerror\[bad-word\]/);
    assert.match(text, /11 more findings are left out here/);
    await client.close();
  });

  it("refuses in words what cannot be done", async () => {
    const folder = folderWith({ "cors-lens.json": '{ "orgins": [] }', "a.ts": "cors" });
    const client = await connected(fakeEngine(), folder);
    const cases: readonly [string, Record<string, unknown>, RegExp][] = [
      ["check", { paths: ["nowhere"] }, /cannot read nowhere/],
      ["check", {}, /cors-lens\.json:1:3: Unknown key "orgins"/],
      ["explain", { rule: "../package" }, /there is no rule/],
      ["probe", { url: "x", confirmedHost: "x" }, /no URL/],
      ["probe", { url: "file:///etc/passwd", confirmedHost: "" }, /Only http and https/],
    ];
    for (const [name, args, message] of cases) {
      const { text, refused } = await call(client, name, args);
      assert.equal(refused, true, text);
      assert.match(text, message);
    }
    await client.close();
  });
});

describe("MCP server's probe", () => {
  let endpoint: Server;
  let url = "";
  let requests = 0;
  before((done) => {
    endpoint = createServer((_request, response) => {
      requests++;
      response.end("{}");
    });
    endpoint.listen(0, "127.0.0.1", () => {
      url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/orders`;
      done();
    });
  });
  after((done) => {
    endpoint.close(done);
  });
  beforeEach(() => (requests = 0));

  const cases: readonly (readonly [string, Consent, string | undefined, RegExp])[] = [
    ["without the host repeated", "yes", "example.com", /Nothing was sent. Ask the user/],
    ["when the user says no", "no", undefined, /the user did not agree/],
    ["when the user closes the question", "declined", undefined, /the user did not agree/],
  ];
  for (const [when, consent, host, message] of cases) {
    it(`sends nothing ${when}`, async () => {
      const client = await connected(fakeEngine(), root, clientFor(consent));
      const confirmedHost = host ?? new URL(url).host;
      const { text, refused } = await call(client, "probe", { url, confirmedHost });
      assert.equal(refused, true);
      assert.match(text, message);
      assert.equal(requests, 0);
      await client.close();
    });
  }

  it("does not ask a private host on an agent's word alone", async () => {
    const client = await connected(fakeEngine(), root);
    await call(client, "probe", { url, confirmedHost: "127.0.0.1" });
    assert.equal(requests, 0);
    await client.close();
  });

  it("asks the user, then the endpoint, and reports as the command line does", async () => {
    const asked: string[] = [];
    const client = await connected(fakeEngine(), root, clientFor("yes", asked));
    const { text, refused } = await call(client, "probe", {
      url,
      confirmedHost: "127.0.0.1",
      origins: ["https://app.example"],
      headers: ["Authorization: Bearer secret"],
    });
    assert.equal(refused, false);
    assert.match(asked.join(), /requests to 127\.0\.0\.1:\d+\. Continue\?/);
    assert.match(text, /^# CORS probe of http:\/\/127\.0\.0\.1/);
    assert.match(text, /blocked at preflight/);
    assert.doesNotMatch(text, /secret/);
    assert.ok(requests > 0);
    await client.close();
  });
});

describe("cors-lens mcp as a program", () => {
  it("serves a client over standard input and output, and ends with it", async () => {
    const loader = `file://${path.join(root, "node_modules/tsx/dist/loader.mjs")}`;
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: ["--import", loader, path.join(root, "server/src/cli.ts"), "mcp"],
      cwd: root,
      stderr: "ignore",
    });
    const client = clientFor(undefined);
    await client.connect(transport);
    const found = await call(client, "check", { paths: ["examples/acme-orders-ts"] });
    assert.match(found.text, /error\[origin-never-matches\]/);
    const page = await call(client, "explain", { rule: "origin-never-matches" });
    assert.match(page.text, /^# origin-never-matches\n/);
    const list = await call(client, "explain", {});
    assert.match(list.text, /^allow-headers-missing: /);
    const unused = await call(client, "explain", { rule: "suppression-unused" });
    assert.match(unused.text, /^# suppression-unused\n/);
    await client.close();
  });
});
