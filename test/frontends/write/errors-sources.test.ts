/** Where the answer to an exception takes its headers from: what means the same outside of the body. */
import assert from "node:assert/strict";
import type { AnswerSource } from "../../../shared/src/model/edit";
import { spelled, type Marks } from "./spell";

type Sources = (at: Marks) => readonly AnswerSource[];

const expression: Sources = (at) => [{ kind: "expression", at: at("cors") }];
const entry =
  (text?: string): Sources =>
  (at) => [
    {
      kind: "headers",
      headers: [
        {
          name: "Access-Control-Allow-Origin",
          entry: at("entry"),
          ...(text === undefined ? {} : { text }),
        },
      ],
    },
  ];
const call =
  (status: number): Sources =>
  (at) => [{ kind: "call", at: at("call"), status }];
const helper: Sources = () => [
  { kind: "helper", origins: ["https://www.example.com"], credentials: false },
];

/** What the clause of the new `try` returns, on one line; `undefined` when the writer declines. */
async function returned(file: string, text: string, sources: Sources): Promise<string | undefined> {
  const code = await spelled(file, text, (at) => [
    {
      kind: "answerErrors",
      function: at("fn"),
      promises: [],
      event: "event",
      sources: sources(at),
    },
  ]);
  const clause = code?.split(/\n\s*(?:\} catch \(\w+\) \{|except Exception:)\n/).at(-1);
  const after = clause?.slice(clause.indexOf("return ") + "return ".length);
  return after && bare(file.endsWith(".py") ? after : after.replace(/;\s*\}\s*\};\s*$/, ""));
}

/** Without commas and line breaks, which are the layout's business. */
function bare(code: string): string {
  return code.trim().replace(/,?\s+/g, " ");
}

type Case = readonly [what: string, file: string, text: string, sources: Sources, wanted?: string];

const ts = (body: string, before = "", params = "event: Event"): string =>
  `${before}\nexport const handler = «fn:async (${params}) => {\n  ${body}\n}»;\n`;
const py = (body: string, before = ""): string =>
  `import json\nimport logging\n${before}\n\n\n«fn:def handler(event, context):\n    ${body}»\n`;

const answer = (headers: string): string =>
  `{ statusCode: 500 headers: ${headers} body: JSON.stringify({ message: "Internal Server Error" }) }`;
const answerPy = (headers: string): string =>
  `{ "statusCode": 500 "headers": ${headers} "body": json.dumps({"message": "Internal Server Error"}) }`;

const expressions: readonly Case[] = [
  [
    "a name of the module",
    "h.ts",
    ts("return { headers: «cors:cors» };", "const cors = {};"),
    expression,
    answer("cors"),
  ],
  [
    "a name that is imported",
    "h.ts",
    ts("return { headers: { ...«cors:all.cors» } };", 'import { all } from "x";'),
    expression,
    answer("all.cors"),
  ],
  [
    "a call with the event",
    "h.ts",
    ts("return { headers: «cors:cors(event)» };"),
    expression,
    answer("cors(event)"),
  ],
  [
    "a call with a part of the event, which the body changes",
    "h.ts",
    ts("event.body = null; return { headers: «cors:cors(event.headers?.origin)» };"),
    expression,
    answer("cors(event.headers?.origin)"),
  ],
  ["no local name", "h.ts", ts("const cors = {}; return { headers: «cors:cors» };"), expression],
  [
    "no call with a local name",
    "h.ts",
    ts("const { origin } = event; return { headers: «cors:cors(origin)» };"),
    expression,
  ],
  [
    "no name that the body gives a value",
    "h.ts",
    ts("cors = make(event); return { headers: «cors:cors» };", "let cors = {};"),
    expression,
  ],
  [
    "no name in a pattern that the body assigns",
    "h.ts",
    ts("[cors] = make(event); return { headers: «cors:cors» };", "let cors = {};"),
    expression,
  ],
  [
    "nothing that the body changes",
    "h.ts",
    ts('cors["Vary"] = x; return { headers: «cors:cors» };', "const cors = {};"),
    expression,
  ],
  [
    "nothing that the body adds to",
    "h.ts",
    ts("Object.assign(cors, x); return { headers: «cors:cors» };", "const cors = {};"),
    expression,
  ],
  [
    "no event that is another one in the end",
    "h.ts",
    ts("event = parse(event); return { headers: «cors:cors(event)» };"),
    expression,
  ],
  [
    "no parameter of a function within",
    "h.ts",
    ts("const ok = (o) => ({ headers: «cors:cors(o)» }); return ok(1);"),
    expression,
  ],
  [
    "the event of a function beside",
    "h.ts",
    `const ok = (event: Event) => ({ headers: «cors:cors(event)» });\n${ts("return ok(event);")}`,
    expression,
    answer("cors(event)"),
  ],
  [
    "no other parameter of a function beside",
    "h.ts",
    `const ok = (origin: string) => ({ headers: «cors:cors(origin)» });\n${ts("return ok(event.origin);")}`,
    expression,
  ],
  [
    "no parameter that hides what is meant",
    "h.ts",
    `const other = () => «cors:cors»;\n${ts("return 1;", "", "event, cors")}`,
    expression,
  ],
  [
    "no `await`, no function, no `this`",
    "h.ts",
    ts("return { headers: «cors:await cors(event)» };"),
    expression,
  ],
  [
    "a name of the module, in Python",
    "h.py",
    py('return {"headers": «cors:CORS»}', "CORS = {}"),
    expression,
    answerPy("CORS"),
  ],
  [
    "a call with the event, in Python",
    "h.py",
    py('event["body"] = None\n    return {"headers": «cors:headers_for(event)»}'),
    expression,
    answerPy("headers_for(event)"),
  ],
  [
    "no local name, in Python",
    "h.py",
    py('for cors in all:\n        return {"headers": «cors:cors»}'),
    expression,
  ],
  [
    "no name of an exception",
    "h.py",
    py('try:\n        go()\n    except E as cors:\n        return {"headers": «cors:cors»}'),
    expression,
  ],
  [
    "no name of a `with`",
    "h.py",
    py('with a as cors:\n        return {"headers": «cors:cors»}'),
    expression,
  ],
  [
    "no name of a walrus",
    "h.py",
    py('if cors := a:\n        return {"headers": «cors:cors»}'),
    expression,
  ],
  [
    "nothing that the body changes, in Python",
    "h.py",
    py('CORS["Vary"] = x\n    return {"headers": «cors:CORS»}', "CORS = {}"),
    expression,
  ],
  [
    "nothing that the body adds to, in Python",
    "h.py",
    py('CORS.update(x)\n    return {"headers": «cors:CORS»}', "CORS = {}"),
    expression,
  ],
  [
    "no event that is another one in the end, in Python",
    "h.py",
    py('event = dict(event)\n    return {"headers": «cors:cors(event)»}'),
    expression,
  ],
  [
    "the event of a function beside, in Python",
    "h.py",
    py("return ok(event)", '\ndef ok(event):\n    return {"headers": «cors:cors(event)»}'),
    expression,
    answerPy("cors(event)"),
  ],
  [
    "no other parameter of a function beside, in Python",
    "h.py",
    py("return ok(1)", '\ndef ok(origin):\n    return {"headers": «cors:cors(origin)»}'),
    expression,
  ],
  ["no comprehension", "h.py", py('return {"headers": «cors:{k: v for k, v in x}»}'), expression],
];

const entries: readonly Case[] = [
  [
    "the value as it is written",
    "h.ts",
    ts('return { headers: { «entry:"Access-Control-Allow-Origin": ORIGIN || "*"» } };'),
    entry(),
    answer('{ "Access-Control-Allow-Origin": ORIGIN || "*" }'),
  ],
  [
    "text for a local name",
    "h.ts",
    ts('const o = "x"; return { headers: { «entry:"Access-Control-Allow-Origin": o» } };'),
    entry("https://www.example.com"),
    answer('{ "Access-Control-Allow-Origin": "https://www.example.com" }'),
  ],
  [
    "nothing for a local name of which no text is known",
    "h.ts",
    ts('const o = x(); return { headers: { «entry:"Access-Control-Allow-Origin": o» } };'),
    entry(),
  ],
  [
    "the value as it is written, in Python",
    "h.py",
    py(
      'return {"headers": {«entry:"Access-Control-Allow-Origin": os.environ["ORIGIN"]»}}',
      "import os",
    ),
    entry(),
    answerPy('{"Access-Control-Allow-Origin": os.environ["ORIGIN"]}'),
  ],
  [
    "text for a local name, in Python",
    "h.py",
    py('o = "x"\n    return {"headers": {«entry:"Access-Control-Allow-Origin": o»}}'),
    entry("*"),
    answerPy('{"Access-Control-Allow-Origin": "*"}'),
  ],
];

const calls: readonly Case[] = [
  [
    "with another status and message",
    "h.ts",
    ts('return «call:respond(400, { error: "Which?" }, event)»;'),
    call(400),
    'respond(500, { error: "Internal Server Error" }, event)',
  ],
  ["with a text", "h.ts", ts("return «call:respond(404, `No ${event.id}`)»;"), call(404)],
  [
    "with a text in quotes",
    "h.ts",
    ts('return «call:await lib.respond("No", 404)»;'),
    call(404),
    'await lib.respond("Internal Server Error", 500)',
  ],
  [
    "with its own general message",
    "h.ts",
    ts('return «call:respond(500, { message: "Something went wrong" })»;'),
    call(500),
    'respond(500, { message: "Something went wrong" })',
  ],
  [
    "that always answers 500",
    "h.ts",
    ts("return «call:internalError()»;"),
    call(500),
    "internalError()",
  ],
  [
    "but not with the exception at hand",
    "h.ts",
    ts("try { go(); } catch (e) { return «call:fail(e)»; }"),
    call(500),
  ],
  ["but not one that does something else", "h.ts", ts("return «call:order(event)»;"), call(500)],
  ["but not with two texts", "h.ts", ts('return «call:respond(400, "BAD", "Which?")»;'), call(400)],
  ["but not with data", "h.ts", ts("return «call:respond(400, { error: x, id: 1 })»;"), call(400)],
  [
    "but not one of the body",
    "h.ts",
    ts('const no = (s, m) => respond(s, m); return «call:no(400, "Which?")»;'),
    call(400),
  ],
  [
    "whose name is that of the exception",
    "h.ts",
    ts('return «call:error(400, "Which?")»;'),
    call(400),
    'error(500, "Internal Server Error")',
  ],
  [
    "in Python",
    "h.py",
    py('return «call:respond(400, {"error": "Which?"})»'),
    call(400),
    'respond(500, {"error": "Internal Server Error"})',
  ],
  [
    "with keywords",
    "h.py",
    py('return «call:respond(status_code=400, body={"error": f"No {x}"}, event=event)»'),
    call(400),
    'respond(status_code=500 body={"error": "Internal Server Error"} event=event)',
  ],
  [
    "but not with the exception's text",
    "h.py",
    py(
      'try:\n        go()\n    except E as e:\n        return «call:respond(f"Internal error: {e}", 500)»',
    ),
    call(500),
    'respond("Internal Server Error", 500)',
  ],
];

const helpers: readonly Case[] = [
  ["for the event", "h.ts", ts("return {};"), helper, answer("corsHeaders(event)")],
  ["but not for another event in the end", "h.ts", ts("event = parse(event); return {};"), helper],
  ["in Python", "h.py", py("return {}"), helper, answerPy("cors_headers(event)")],
  [
    "but not for another event in the end, in Python",
    "h.py",
    py("event = dict(event)\n    return {}"),
    helper,
  ],
];

describe("the answer to an exception", () => {
  for (const [title, cases] of [
    ["repeats", expressions],
    ["has for a header", entries],
    ["is made by a call", calls],
    ["has a helper", helpers],
  ] as const)
    for (const [what, file, text, sources, wanted] of cases)
      it(`${title} ${what}`, async () => {
        assert.equal(await returned(file, text, sources), wanted && bare(wanted));
      });

  it("takes the first source that means the same", async () => {
    const both: Sources = (at) => [...expression(at), ...entry("*")(at)];
    const text = ts(
      'const cors = {}; return { headers: { ...«cors:cors», «entry:"Access-Control-Allow-Origin": "*"» } };',
    );
    const wanted = answer('{ "Access-Control-Allow-Origin": "*" }');
    assert.equal(await returned("h.ts", text, both), wanted);
  });
});
