import assert from "node:assert/strict";
import fc from "fast-check";
import { skippedNotification } from "../../shared/src/protocol";
import { framed, Frames } from "../../server/src/lsp/framing";
import {
  type Message,
  type Order,
  patience,
  type SessionStart,
  type Sign,
  Supervisor,
} from "../../server/src/lsp/supervisor";

/** A session that does what the test says. */
class FakeSession {
  readonly orders: Order[] = [];
  killed = false;
  constructor(
    readonly start: SessionStart,
    readonly say: (sign: Sign) => void,
    readonly end: () => void,
  ) {}

  get messages(): readonly Message[] {
    return this.orders.flatMap((order) => (order.k === "message" ? [order.message] : []));
  }

  get methods(): readonly unknown[] {
    return this.messages.map(({ method }) => method);
  }

  answer(id: string | number, result: unknown): void {
    this.say({ k: "message", message: { jsonrpc: "2.0", id, result } });
  }
}

class Scene {
  readonly sent: Message[] = [];
  readonly sessions: FakeSession[] = [];
  exited: number | undefined;
  readonly supervisor: Supervisor;

  constructor() {
    this.supervisor = new Supervisor(
      {
        send: (message) => void this.sent.push(message),
        log: () => undefined,
        exit: (code) => (this.exited = code),
      },
      (start, onSign, onEnd) => {
        const session = new FakeSession(start, onSign, onEnd);
        this.sessions.push(session);
        return {
          send: (order) => void session.orders.push(order),
          kill: () => {
            session.killed = true;
            onEnd();
          },
        };
      },
      () => ({ capabilities: { hoverProvider: true } }),
    );
  }

  static begun(): Scene {
    const scene = new Scene();
    scene.receive({ id: 0, method: "initialize", params: { capabilities: {} } });
    scene.receive({ method: "initialized", params: {} });
    return scene;
  }

  get session(): FakeSession {
    const last = this.sessions.at(-1);
    assert.ok(last);
    return last;
  }

  receive(message: Omit<Message, "jsonrpc">): void {
    this.supervisor.receive({ jsonrpc: "2.0", ...message });
  }

  hover(id: number, uri = "file:///a.ts"): void {
    const params = { textDocument: { uri }, position: { line: 0, character: 0 } };
    this.receive({ id, method: "textDocument/hover", params });
  }

  beats(count: number): void {
    for (let i = 0; i < count; i++) this.supervisor.beat();
  }

  hang(): void {
    this.session.say({ k: "alive" });
    this.beats(patience + 1);
  }

  answerTo(id: number): Message | undefined {
    return this.sent.find((message) => message.method === undefined && message.id === id);
  }
}

const uri = "file:///a.ts";
const open = { textDocument: { uri, languageId: "typescript", version: 1, text: "let a;" } };
const position = (character: number) => ({ line: 0, character });

describe("supervisor of the session", () => {
  it("answers initialize and shutdown itself, whatever the session is at", () => {
    const scene = Scene.begun();
    assert.deepEqual(scene.answerTo(0)?.result, { capabilities: { hoverProvider: true } });
    scene.hover(1);
    scene.receive({ id: 2, method: "shutdown" });
    assert.equal(scene.answerTo(2)?.result, null);
    assert.ok(scene.answerTo(1)?.error);
    assert.ok(scene.session.killed);
    assert.equal(scene.sessions.length, 1);
    scene.receive({ method: "exit" });
    assert.equal(scene.exited, 0);
  });

  it("ends with 1 when the client goes without a word", () => {
    const scene = Scene.begun();
    scene.supervisor.close();
    assert.equal(scene.exited, 1);
  });

  it("passes everything on, each answer once", () => {
    const scene = Scene.begun();
    scene.hover(1);
    scene.session.answer("initialize", {});
    scene.session.answer(1, "told");
    assert.equal(scene.answerTo(1)?.result, "told");
    assert.equal(scene.sent.length, 2);
    assert.deepEqual(scene.session.methods, ["initialize", "initialized", "textDocument/hover"]);
  });

  it("begins a session that hangs anew, where the last one was, and asks again", () => {
    const scene = Scene.begun();
    scene.receive({ method: "textDocument/didOpen", params: open });
    const change = { range: { start: position(4), end: position(5) }, text: "bc" };
    const changed = { textDocument: { uri, version: 2 }, contentChanges: [change] };
    scene.receive({ method: "textDocument/didChange", params: changed });
    scene.hover(1);
    scene.hang();
    const [first, second] = scene.sessions;
    assert.ok(first?.killed);
    assert.deepEqual(second?.start, { careful: true, skipped: [] });
    assert.deepEqual(second.methods, [
      "initialize",
      "initialized",
      "textDocument/didOpen",
      "textDocument/hover",
    ]);
    const [, , opened] = second.messages;
    assert.deepEqual(opened?.params, {
      textDocument: { ...open.textDocument, version: 2, text: "let bc;" },
    });
    // What the first one still had to say comes too late.
    first.answer(1, "late");
    assert.equal(scene.answerTo(1), undefined);
    second.answer(1, "told");
    assert.equal(scene.answerTo(1)?.result, "told");
  });

  it("leaves out a file at which two sessions ended, until it changes, and says so", () => {
    const scene = Scene.begun();
    scene.session.say({ k: "working", file: "/bomb.ts" });
    scene.session.end();
    assert.deepEqual(scene.session.start, { careful: true, skipped: [] });
    scene.session.say({ k: "working", file: "/fine.ts" });
    scene.session.say({ k: "working", file: "/bomb.ts" });
    scene.hang();
    assert.deepEqual(scene.session.start, { careful: true, skipped: ["/bomb.ts"] });
    const told = () => scene.sent.filter(({ method }) => method === skippedNotification).at(-1);
    assert.deepEqual(told()?.params, { files: ["/bomb.ts"] });
    scene.session.say({ k: "idle" });
    scene.session.say({ k: "unskipped", file: "/bomb.ts" });
    assert.deepEqual(told()?.params, { files: [] });
    assert.equal(scene.sessions.length, 3);
  });

  it("leaves a session alone that is idle, or gives signs of life", () => {
    const scene = Scene.begun();
    for (let i = 0; i < 10; i++) {
      scene.beats(patience);
      scene.session.say({ k: "alive" });
    }
    scene.session.say({ k: "idle" });
    const before = scene.session.orders.length;
    scene.beats(1000);
    assert.equal(scene.session.orders.length, before);
    assert.equal(scene.sessions.length, 1);
  });

  it("gives up a session that ends again and again, and still answers", () => {
    const scene = Scene.begun();
    scene.hover(1);
    for (let i = 0; i < 4; i++) scene.session.end();
    assert.equal(scene.sessions.length, 4);
    assert.ok(scene.answerTo(1)?.error);
    scene.hover(2);
    assert.ok(scene.answerTo(2)?.error);
    scene.receive({ id: 3, method: "shutdown" });
    assert.equal(scene.answerTo(3)?.result, null);
  });

  it("asks nothing a third time, and no endpoint a second time", () => {
    const scene = Scene.begun();
    scene.hover(1);
    scene.receive({ id: 2, method: "corsLens/probe/run", params: {} });
    scene.session.end();
    assert.ok(scene.answerTo(2)?.error);
    assert.equal(scene.answerTo(1), undefined);
    scene.session.end();
    assert.ok(scene.answerTo(1)?.error);
  });

  it("keeps the requests of sessions apart", () => {
    const scene = Scene.begun();
    const asks = (id: number, method: string) =>
      scene.session.say({ k: "message", message: { jsonrpc: "2.0", id, method, params: {} } });
    asks(7, "workspace/configuration");
    asks(8, "client/registerCapability");
    const [, first, registration] = scene.sent;
    assert.equal(registration?.method, "client/registerCapability");
    scene.session.end();
    asks(7, "workspace/configuration");
    asks(8, "client/registerCapability");
    assert.equal(
      scene.sent.filter(({ method }) => method === "client/registerCapability").length,
      1,
    );
    const second = scene.sent.filter(({ method }) => method === "workspace/configuration").at(-1);
    assert.notEqual(first?.id, second?.id);
    scene.receive({ id: first?.id, result: ["old"] });
    scene.receive({ id: second?.id, result: ["new"] });
    const answers = scene.session.messages.filter(({ result }) => Array.isArray(result));
    assert.deepEqual(answers, [{ jsonrpc: "2.0", id: 7, result: ["new"] }]);
  });

  it("clears what a session showed that has ended", () => {
    const scene = Scene.begun();
    const tells = (method: string, params: unknown) =>
      scene.session.say({ k: "message", message: { jsonrpc: "2.0", method, params } });
    tells("textDocument/publishDiagnostics", { uri: "file:///x.ts", diagnostics: [{}] });
    tells("textDocument/publishDiagnostics", { uri: "file:///y.ts", diagnostics: [{}] });
    tells("textDocument/publishDiagnostics", { uri: "file:///y.ts", diagnostics: [] });
    tells("$/progress", { token: 1, value: { kind: "begin" } });
    scene.session.end();
    const cleared = scene.sent.slice(-2);
    assert.deepEqual(
      cleared.map(({ params }) => params),
      [
        { token: 1, value: { kind: "end" } },
        { uri: "file:///x.ts", diagnostics: [] },
      ],
    );
  });

  it("refuses what comes out of order or out of shape, and answers every request", () => {
    const scene = new Scene();
    scene.hover(1);
    assert.deepEqual((scene.answerTo(1)?.error as { code: number }).code, -32002);
    scene.receive({ id: 2, method: "initialize", params: null });
    assert.deepEqual((scene.answerTo(2)?.error as { code: number }).code, -32602);
    const begun = Scene.begun();
    begun.receive({ id: 3, method: "initialize", params: { capabilities: {} } });
    assert.deepEqual((begun.answerTo(3)?.error as { code: number }).code, -32600);
    const wrong: readonly (readonly [method: string, params: unknown])[] = [
      ["textDocument/hover", null],
      ["textDocument/hover", {}],
      ["textDocument/hover", { textDocument: { uri: 5 }, position: position(0) }],
      ["textDocument/hover", { textDocument: { uri }, position: { line: -1, character: 0 } }],
      ["textDocument/hover", { textDocument: { uri }, position: { line: 1e20, character: 0 } }],
      ["textDocument/codeAction", { textDocument: { uri } }],
      ["textDocument/codeLens", []],
      ["textDocument/completion", 5],
      ["textDocument/diagnostic", "x"],
      ["workspace/diagnostic", { previousResultIds: [{}] }],
    ];
    for (const [i, [method, params]] of wrong.entries()) {
      begun.receive({ id: 100 + i, method, params });
      assert.deepEqual((begun.answerTo(100 + i)?.error as { code: number }).code, -32602, method);
    }
    for (const method of [
      "textDocument/didOpen",
      "textDocument/didChange",
      "workspace/didChangeWatchedFiles",
    ]) {
      begun.receive({
        method,
        params: { textDocument: { uri }, contentChanges: 3, changes: [{ uri: 3 }] },
      });
    }
    assert.deepEqual(begun.session.methods, ["initialize", "initialized"]);
    begun.receive({ id: 4, method: "shutdown" });
    begun.hover(5);
    assert.deepEqual((begun.answerTo(5)?.error as { code: number }).code, -32600);
  });
});

describe("frames", () => {
  const read = (chunks: readonly Buffer[]) => {
    const messages: unknown[] = [];
    const faults: string[] = [];
    const frames = new Frames({
      message: (message) => messages.push(message),
      fault: (reason) => faults.push(reason),
    });
    for (const chunk of chunks) frames.push(chunk);
    return { messages, faults };
  };

  it("are found however the bytes come", () => {
    const message = fc.record({ id: fc.nat(), text: fc.string({ unit: "binary" }) });
    fc.assert(
      fc.property(
        fc.array(message),
        fc.infiniteStream(fc.integer({ min: 1, max: 50 })),
        (all, sizes) => {
          const bytes = Buffer.concat(all.map(framed));
          const chunks: Buffer[] = [];
          for (let at = 0; at < bytes.length;) {
            const size = sizes.next().value as number;
            chunks.push(bytes.subarray(at, at + size));
            at += size;
          }
          assert.deepEqual(read(chunks).messages, JSON.parse(JSON.stringify(all)));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("are found again behind what is none", () => {
    const good = framed({ id: 1 });
    const bad = [
      "X-Foo: 1\r\n\r\n",
      "nonsense without colon\r\n\r\n",
      "Content-Length: x\r\n\r\n",
      "Content-Length: -5\r\n\r\n",
      "Content-Length: 999999999999\r\n\r\n",
      "Content-Length: 5\r\n\r\n{nope",
      `${"y".repeat(100_000)}\r\n\r\n`,
    ];
    for (const each of bad) {
      const { messages, faults } = read([Buffer.concat([good, Buffer.from(each), good])]);
      assert.equal(messages.length, 2, each.slice(0, 40));
      assert.ok(faults.length > 0);
    }
  });
});
