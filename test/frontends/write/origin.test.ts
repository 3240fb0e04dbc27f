import type { Edit, ValuePlace } from "../../../shared/src/model/edit";
import type { TestSubject } from "../../../shared/src/ir/text-test";
import { declines, spells, type Edits } from "./spell";

const origins = ["https://www.example.com", "https://admin.example.com"];

type CompareOrigin = Extract<Edit, { kind: "compareOrigin" }>;

const compares =
  (subject: TestSubject, other: CompareOrigin["with"] = { origins }, beside?: true): Edits =>
  (at) => [
    {
      kind: "compareOrigin",
      test: at("test"),
      subject,
      with: other,
      ...(beside ? { beside } : {}),
    },
  ];

const checks =
  (place: "expression" | "entry", ...names: string[]): Edits =>
  (at) =>
    names.map((name): Edit => ({
      kind: "checkOrigin",
      value: { [place]: at(name) } as ValuePlace,
      origins,
    }));

const list = `const allowedOrigins = ["https://www.example.com", "https://admin.example.com"];`;
const pythonList = `ALLOWED_ORIGINS = ["https://www.example.com", "https://admin.example.com"]`;

describe("writing compareOrigin", () => {
  spells(
    "looks into a list that it declares",
    "h.js",
    compares("receiver"),
    `f();\nif («test:origin.endsWith(".com")») g();\n`,
    `${list}\n\nf();\nif (allowedOrigins.includes(origin)) g();\n`,
  );
  spells(
    "uses the list that is there",
    "h.ts",
    compares(0),
    `${list}\nconst ok = «test:/example/.test(origin)» && x;\n`,
    `${list}\nconst ok = allowedOrigins.includes(origin) && x;\n`,
  );
  spells(
    "takes another name where one is taken, and keeps line endings and quotes",
    "h.js",
    compares("receiver"),
    `const allowedOrigins = 'a'\r\nconst ok = «test:origin.startsWith('https')»\r\n`,
    `const allowedOriginsFor = ['https://www.example.com', 'https://admin.example.com']\r\n\r\nconst allowedOrigins = 'a'\r\nconst ok = allowedOriginsFor.includes(origin)\r\n`,
  );
  spells(
    "compares with the element, in parentheses where it must",
    "h.ts",
    compares("receiver", { before: "" }),
    `const bad = list.every((one) => !«test:origin.startsWith(one)»);\n`,
    `const bad = list.every((one) => !(origin === one));\n`,
  );
  spells(
    "tells what may be absent from what may not in typed files only",
    "h.js",
    compares("receiver"),
    `const ok = «test:origin?.endsWith(".com")» || x;\n`,
    `${list}\n\nconst ok = allowedOrigins.includes(origin) || x;\n`,
  );
  spells(
    "speaks Python",
    "h.py",
    compares(1),
    `import re\n\nif «test:re.match("https", origin, re.I)»:\n    pass\n`,
    `import re\n\n\n${pythonList}\n\n\nif origin in ALLOWED_ORIGINS:\n    pass\n`,
  );
  spells(
    "puts Python's comparison in parentheses where it must",
    "h.py",
    compares("receiver"),
    `x = «test:origin.endswith(".com")» is True\n`,
    `${pythonList}\n\n\nx = (origin in ALLOWED_ORIGINS) is True\n`,
  );
  spells(
    "keeps what is not in",
    "h.py",
    compares("right"),
    `ok = «test:"example" not in origin»\n`,
    `${pythonList}\n\n\nok = origin not in ALLOWED_ORIGINS\n`,
  );
  spells(
    "compares within a generator",
    "h.py",
    compares("receiver", { before: "" }),
    `ok = any(«test:origin.startswith(one)» for one in ORIGINS)\n`,
    `ok = any(origin == one for one in ORIGINS)\n`,
  );
  spells(
    "compares with a host behind its scheme",
    "h.ts",
    compares("receiver", { before: "https://" }),
    `const ok = hosts.some((host) => «test:origin.includes(host)»);\n`,
    "const ok = hosts.some((host) => origin === `https://${host}`);\n",
  );
  spells(
    "compares with a host behind its scheme, in Python",
    "h.py",
    compares("right", { before: "https://" }),
    `ok = any(«test:host in origin» for host in ['a'])\n`,
    `ok = any(origin == f'https://{host}' for host in ['a'])\n`,
  );
  spells(
    "leaves out what stands beside an exact comparison",
    "h.ts",
    compares("receiver", { origins }, true),
    `if ((a.includes(origin) || «test:origin.endsWith(".com")») && b) c();\n`,
    `if (a.includes(origin) && b) c();\n`,
  );
  spells(
    "leaves it out in Python",
    "h.py",
    compares("receiver", { origins }, true),
    `x = origin if «test:origin.endswith(".com")» or origin in A else ""\n`,
    `x = origin if origin in A else ""\n`,
  );
  declines(
    "a comparison with what is no name",
    "h.ts",
    compares("receiver", { before: "" }),
    `const ok = a.some((b) => «test:origin.startsWith(b.c())»);\n`,
  );
  declines(
    "a match whose groups are read",
    "h.py",
    compares(1),
    `import re\nfound = «test:re.match("(https)", origin)»\nprint(found.group(1))\n`,
  );
  declines(
    "a match whose result is kept",
    "h.ts",
    compares("receiver"),
    `const found = «test:origin.match(/https/)»;\n`,
  );
  declines("a chain of comparisons", "h.py", compares("right"), `ok = «test:"a" in origin in x»\n`);
  declines(
    "where every name is taken",
    "h.js",
    compares("receiver"),
    `let allowedOrigins, allowedOriginsFor, allowedOriginsForOrigin, allowedOrigins2, allowedOrigins3;\n«test:origin.endsWith(".com")» && x;\n`,
  );
});

describe("writing checkOrigin", () => {
  spells(
    "wraps an entry's value, with a function for all",
    "h.ts",
    checks("expression", "a", "b"),
    `import x from "y";

const one = { "Access-Control-Allow-Origin": «a:event.headers.origin» };
const two = { "Access-Control-Allow-Origin": «b:origin ?? "*"» };
`,
    `import x from "y";

${list}

function checkedOrigin(origin: string | undefined): string {
  return allowedOrigins.find((allowed) => allowed === origin) ?? "https://www.example.com";
}

const one = { "Access-Control-Allow-Origin": checkedOrigin(event.headers.origin) };
const two = { "Access-Control-Allow-Origin": checkedOrigin(origin ?? "*") };
`,
  );
  spells(
    "writes the function below a list that is there",
    "h.js",
    checks("entry", "a"),
    `const x = 1
const allowedOrigins = ['https://www.example.com', 'https://admin.example.com'] // pages
const headers = {}
«a:headers['Access-Control-Allow-Origin'] = origin»
`,
    `const x = 1
const allowedOrigins = ['https://www.example.com', 'https://admin.example.com'] // pages

function checkedOrigin(origin) {
  return allowedOrigins.find((allowed) => allowed === origin) ?? 'https://www.example.com'
}

const headers = {}
headers['Access-Control-Allow-Origin'] = checkedOrigin(origin)
`,
  );
  spells(
    "wraps what is given to set",
    "h.js",
    checks("entry", "a"),
    `«a:headers.set("Access-Control-Allow-Origin", origin)»;\n`,
    `${list}

function checkedOrigin(origin) {
  return allowedOrigins.find((allowed) => allowed === origin) ?? "https://www.example.com";
}

headers.set("Access-Control-Allow-Origin", checkedOrigin(origin));
`,
  );
  spells(
    "speaks Python",
    "h.py",
    checks("entry", "a"),
    `"""Orders."""\n\nheaders = {}\n«a:headers["Access-Control-Allow-Origin"] = origin»\n`,
    `"""Orders."""


${pythonList}


def checked_origin(origin):
    return origin if origin in ALLOWED_ORIGINS else "https://www.example.com"


headers = {}
headers["Access-Control-Allow-Origin"] = checked_origin(origin)
`,
  );
  declines("what gives no value", "h.js", checks("entry", "a"), `«a:set(origin)»;\n`);
  declines("a sum", "h.py", checks("entry", "a"), `headers = {}\n«a:x += origin»\n`);
});

describe("writing setOrigins", () => {
  const sets =
    (...given: string[]): Edits =>
    (at) => [{ kind: "setOrigins", at: at("a"), origins: given }];
  spells(
    "replaces an element",
    "h.py",
    sets(...origins),
    `x = f(allow_origins=[«a:"*"»])\n`,
    `x = f(allow_origins=["https://www.example.com", "https://admin.example.com"])\n`,
  );
  spells(
    "replaces a value by one text",
    "h.ts",
    sets("https://www.example.com"),
    `cors({ origin: «a:true» });\n`,
    `cors({ origin: "https://www.example.com" });\n`,
  );
  spells(
    "replaces a value by a list",
    "h.ts",
    sets(...origins),
    `cors({ origin: «a:'*'» });\n`,
    `cors({ origin: ['https://www.example.com', 'https://admin.example.com'] });\n`,
  );
  declines("a statement", "h.ts", sets(...origins), `«a:return;»\n`);
});

describe("writing setStatus", () => {
  const status: Edits = (at) => [{ kind: "setStatus", status: 204, at: at("a") }];
  const missing: Edits = (at) => [{ kind: "setStatus", status: 200, responseBlock: at("a") }];
  spells("replaces", "h.py", status, `return f(«a:405», "x")\n`, `return f(204, "x")\n`);
  spells(
    "adds",
    "h.ts",
    missing,
    `return «a:{ headers, body }»;\n`,
    `return { statusCode: 200, headers, body };\n`,
  );
  spells(
    "adds in the response's own style",
    "h.js",
    missing,
    `return «a:{\n    'headers': {},\n}»\n`,
    `return {\n    'statusCode': 200,\n    'headers': {},\n}\n`,
  );
  spells(
    "gives a shorthand its right name",
    "h.ts",
    missing,
    `return «a:{ status, body }»;\n`,
    `return { statusCode: status, body };\n`,
  );
  spells(
    "gives an entry its right name",
    "h.py",
    missing,
    `return «a:{"status_code": code, "body": body}»\n`,
    `return {"statusCode": code, "body": body}\n`,
  );
  declines("what is no response", "h.ts", missing, `return «a:[1]»;\n`);
});
