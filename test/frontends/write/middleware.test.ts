import type { CorsSupport, SupportForm } from "../../../shared/src/model/framework";
import { declines, spells, type Edits } from "./spell";

const moves: Edits = (at) => [
  { kind: "moveStatement", statement: at("late"), before: at("first") },
];
const relinks: Edits = (at) => [{ kind: "moveLink", link: at("link"), after: at("root") }];
const turns: Edits = (at) => [{ kind: "lastFirst", items: [at("a"), at("b")] }];
const turnsThree: Edits = (at) => [{ kind: "lastFirst", items: [at("a"), at("b"), at("c")] }];
const wraps: Edits = (at) => [
  { kind: "wrapApplication", added: at("added"), adapter: at("adapter") },
];
const crlf = (text: string): string => text.replaceAll("\n", "\r\n");

const adds =
  (form: SupportForm, kind: CorsSupport["place"]["kind"], app = "app"): Edits =>
  (at) => {
    const place =
      kind === "after"
        ? ({ kind, statement: at("made"), app } as const)
        : ({ kind, call: at("made") } as const);
    const policy = { allowOrigins: ["https://a.test"] };
    return [{ kind: "addCorsSupport", support: { form, place }, policy }];
  };

describe("writing moveStatement", () => {
  spells(
    "with the comments of both, in CRLF and tabs",
    "s.ts",
    moves,
    crlf(`import cors from "cors";
function setUp(app) {
	/* The
	   routes */
	«first:app.get("/", all)»;

	// The page
	«late:app.use(cors())»; /* all */
	return app;
}
`),
    crlf(`import cors from "cors";
function setUp(app) {
	// The page
	app.use(cors()); /* all */
	/* The
	   routes */
	app.get("/", all);

	return app;
}
`),
  );
  spells(
    "behind what it is about, where a text ends like a comment",
    "s.ts",
    moves,
    `const app = express(), text = \`
// no comment\`;
«first:app.get("/", all)»;
«late:app.use(cors())»;`,
    `const app = express(), text = \`
// no comment\`;
app.use(cors());
app.get("/", all);
`,
  );
  spells(
    "with constants that need one another",
    "s.js",
    moves,
    `const app = express()
«first:app.get("/", all)»
const a = "x"

app.get("/b", all)
const b = [a, other]
«late:app.use(cors({ origin: b }))»
`,
    `const app = express()
const a = "x"
const b = [a, other]
app.use(cors({ origin: b }))
app.get("/", all)

app.get("/b", all)
`,
  );
  spells(
    "before a decorated function",
    "s.py",
    moves,
    `import chalice
if debug:
    print("on")


«first:@app.route("/")»
def f():
    return []


app.api.«late:cors» = True
`,
    `import chalice
if debug:
    print("on")


app.api.cors = True


@app.route("/")
def f():
    return []
`,
  );
  for (const [why, between] of [
    ["a variable", "let options = {};"],
    ["a function that may need more", "function options() {}"],
    ["a change of a member", "options.origin = 1;"],
    ["a call that is given it", "fill(options);"],
    ["another value", "options = {};"],
  ] as const) {
    declines(
      `past ${why}`,
      "s.ts",
      moves,
      `«first:app.get("/", all)»;\n${between}\n«late:app.use(cors(options))»;\n`,
    );
  }
  declines(
    "past what sets the environment",
    "s.ts",
    moves,
    `«first:app.get("/", all)»;\nload();\n«late:app.use(cors(process.env.X))»;\n`,
  );
  declines(
    "out of its list",
    "s.ts",
    moves,
    `«first:app.get("/", all)»;\nif (x) {\n  «late:app.use(cors())»;\n}\n`,
  );
  declines(
    "before a function that is called earlier",
    "s.ts",
    moves,
    `add();\nfunction add() { «first:app.get("/", all)»; }\n«late:app.use(cors())»;\n`,
  );
  declines(
    "a part of a statement",
    "s.ts",
    moves,
    `«first:app.get("/", all)»;\nconst a = «late:app.use(cors())»;\n`,
  );
  declines(
    "before what makes the object",
    "s.ts",
    moves,
    `const app = «first:new Hono().get("/", all)»;\n«late:app.use(cors())»;\n`,
  );
});

describe("writing moveLink", () => {
  spells(
    "on one line",
    "s.ts",
    relinks,
    `const app = «root:new Hono<Env>()».get("/", all)«link:.use(cors())»;\n`,
    `const app = new Hono<Env>().use(cors()).get("/", all);\n`,
  );
  spells(
    "from between others, with its comments",
    "s.ts",
    relinks,
    crlf(`const app = «root:new Hono()»
  .get("/", all)«link: // all
  // The page
  .use(cors())» // none else
  .notFound(none);
`),
    crlf(`const app = new Hono()
  // The page
  .use(cors()) // none else
  .get("/", all) // all
  .notFound(none);
`),
  );
  declines(
    "what is no link",
    "s.ts",
    relinks,
    `const app = «root:new Hono()».get(«link:cors()»);\n`,
  );
});

describe("writing lastFirst", () => {
  declines(
    "statements between which a list is made",
    "s.ts",
    turns,
    `h.use(«a:errors()»);
const origins = ["https://app.acmecorp.com"];
h.use(«b:cors({ origins })»);
`,
  );
  spells(
    "passes what has nothing to do with it",
    "s.ts",
    turns,
    `h.use(«a:errors()»);
const table = "orders";
h.use(«b:cors({ origin: "*" })»);
`,
    `h.use(cors({ origin: "*" }));
const table = "orders";
h.use(errors());
`,
  );
  spells(
    "keeps the order of the others",
    "s.ts",
    turnsThree,
    `h.use([«a:errors()», «b:log()», «c:cors({ origin: x })»]);\n`,
    `h.use([cors({ origin: x }), errors(), log()]);\n`,
  );
  spells(
    "indents what has several lines",
    "s.ts",
    turns,
    `const h = middy(f).use(«a:errors()»)
    .use(
        «b:cors({
            origin: x,
        })»,
    );
`,
    `const h = middy(f).use(cors({
    origin: x,
}))
    .use(
        errors(),
    );
`,
  );
  spells(
    "leaves texts over several lines as they are",
    "s.ts",
    turns,
    "const h = middy(f).use(«a:errors()»)\n  .use(«b:cors({ origin: `a\n  b` })»);\n",
    "const h = middy(f).use(cors({ origin: `a\n  b` }))\n  .use(errors());\n",
  );
  declines(
    "where a comment would be torn off",
    "s.ts",
    turns,
    `const h = middy(f).use(«a:errors()»)\n  // page\n  .use(«b:cors()»);\n`,
  );
  declines("what stands elsewhere", "s.ts", turns, `const a = «a:errors()»;\nh.use(«b:cors()»);\n`);
});

describe("writing wrapApplication", () => {
  declines(
    "where it is added to something else",
    "s.py",
    wraps,
    `«added:other.add_middleware(M)»\nh = «adapter:Mangum(app)»\n`,
  );
  declines(
    "where its options are positional",
    "s.py",
    wraps,
    `«added:app.add_middleware(M, ["*"])»\nh = «adapter:Mangum(app)»\n`,
  );
  declines(
    "where comments would be torn off",
    "s.py",
    wraps,
    `«added:app.add_middleware(\n    M,  # all\n    a=1,\n)»\nh = «adapter:Mangum(\n    app,\n)»\n`,
  );
  spells(
    "keeps what is spread, and what is said of it",
    "s.py",
    wraps,
    `«added:app.add_middleware(M, **options)»  # all\nh = «adapter:Mangum(app)»\n`,
    `# all\nh = Mangum(M(app, **options))\n`,
  );
});

describe("writing addCorsSupport", () => {
  spells(
    "takes the name that the file has",
    "s.ts",
    adds("hono", "after", "this.app"),
    `import { cors as allow } from "hono/cors";
class Shop {
  constructor() {
    «made:this.app = new Hono();» // shop
  }
}
`,
    `import { cors as allow } from "hono/cors";
class Shop {
  constructor() {
    this.app = new Hono(); // shop
    this.app.use(allow({ origin: "https://a.test" }));
  }
}
`,
  );
  spells(
    "requires before it is needed",
    "s.cjs",
    adds("express", "after"),
    `'use strict'
const express = require('express')
«made:const app = express()»
const late = require('late')
`,
    `'use strict'
const express = require('express')
const cors = require('cors')
const app = express()
app.use(cors({ origin: 'https://a.test' }))
const late = require('late')
`,
  );
  declines(
    "what is required too late",
    "s.cjs",
    adds("express", "after"),
    `«made:const app = express()»\nconst cors = require("cors")\n`,
  );
  spells(
    "imports before it is needed, in Python",
    "s.py",
    adds("fastapi", "around"),
    `"""Shop."""
from fastapi import FastAPI  # web
import mangum

h = «made:mangum.Mangum(FastAPI())»
from late import x
`,
    `"""Shop."""
from fastapi import FastAPI  # web
from fastapi.middleware.cors import CORSMiddleware
import mangum

h = mangum.Mangum(
    CORSMiddleware(
        FastAPI(),
        allow_origins=["https://a.test"],
        allow_methods=["*"],
        allow_headers=["*"],
    ),
)
from late import x
`,
  );
  declines(
    "what is imported too late, in Python",
    "s.py",
    adds("fastapi", "around"),
    `h = «made:Mangum(app)»\nfrom fastapi.middleware.cors import CORSMiddleware\n`,
  );
  declines(
    "a name that is taken, in Python",
    "s.py",
    adds("flask", "after"),
    `CORS = {}\n«made:app = Flask(__name__)»\n`,
  );
  spells(
    "in the middle of a chain",
    "s.ts",
    adds("hono", "link"),
    `import * as hono from "hono/cors";
export default «made:new Hono()» // shop
    .get("/", all);
`,
    `import * as hono from "hono/cors";
export default new Hono() // shop
    .use(hono.cors({ origin: "https://a.test" }))
    .get("/", all);
`,
  );
});
