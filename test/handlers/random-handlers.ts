/**
 * Handlers made at random, in both languages: what they answer is known by running them. Lists that cannot be seen have
 * one element, as the evaluator looks at none and at one.
 */

type Cond =
  | { readonly k: "way" | "method" | "row" | "status"; readonly is: string }
  | { readonly k: "origin" | "body" | "flag" | "found" | "data" }
  | { readonly k: "not"; readonly of: Cond }
  | { readonly k: "and" | "or"; readonly left: Cond; readonly right: Cond };

type Origin = "any" | "shop" | "request";

type Stmt =
  | { readonly k: "status"; readonly is: string }
  | { readonly k: "header"; readonly origin: Origin }
  | { readonly k: "headers"; readonly origin: Origin | undefined }
  | { readonly k: "drop" | "flag" | "parse" | "throw" | "break" | "continue" | "spread" | "fail" }
  | { readonly k: "either"; readonly test: Cond; readonly is: string }
  | { readonly k: "found"; readonly is: "row" | "one" | "none" }
  | { readonly k: "if"; readonly test: Cond; readonly then: Block; readonly otherwise: Block }
  | { readonly k: "rows" | "list" | "while"; readonly body: Block }
  | {
      readonly k: "try";
      readonly body: Block;
      readonly caught: Block;
      readonly after: Block | undefined;
    }
  | { readonly k: "switch"; readonly cases: readonly Block[]; readonly otherwise: Block }
  | { readonly k: "helper" | "attempt" }
  | {
      readonly k: "return";
      readonly by: "literal" | "variables" | "helper" | "status";
      readonly is: string;
    };

export type Block = readonly Stmt[];

export interface Program {
  readonly helper: Block;
  readonly body: Block;
}

/** A generator of numbers from 0 to below 1 (mulberry32): the same seed, the same program. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Place {
  readonly depth: number;
  readonly loop: boolean;
  readonly rows: boolean;
  readonly helper: boolean;
}

export function randomProgram(random: () => number): Program {
  const top: Place = { depth: 3, loop: false, rows: false, helper: false };
  return {
    helper: block(random, { ...top, depth: 1, helper: true }, 2),
    body: block(random, top, 5),
  };
}

function pick<const T extends readonly unknown[]>(random: () => number, of: T): T[number] {
  return of[Math.floor(random() * of.length)];
}

const statuses = ["200", "201", "400", "404", "500", "503"];

function block(random: () => number, place: Place, most: number): Block {
  const count = 1 + Math.floor(random() * most);
  return Array.from({ length: count }, () => stmt(random, place));
}

function stmt(random: () => number, place: Place): Stmt {
  const inner = { ...place, depth: place.depth - 1 };
  const simple = [
    "status", "header", "headers", "flag", "found", "parse", "drop", "return", "spread", "either",
    ...(place.loop ? (["break", "continue"] as const) : []),
    ...(place.helper ? [] : (["helper", "throw", "fail", "attempt"] as const)),
  ] as const; // prettier-ignore
  const nested = ["if", "if", "if", "rows", "list", "while", "try", "switch"] as const;
  const kind = pick(
    random,
    place.depth > 0 ? ([...simple, ...nested, ...nested] as const) : simple,
  );
  switch (kind) {
    case "status":
      return { k: kind, is: pick(random, statuses) };
    case "header":
      return { k: kind, origin: pick(random, ["any", "shop", "request"]) };
    case "headers":
      return { k: kind, origin: pick(random, ["any", "shop", undefined]) };
    case "either":
      return { k: kind, test: cond(random, place, 1), is: pick(random, statuses) };
    case "found":
      return { k: kind, is: pick(random, place.rows ? ["row", "row", "none"] : ["one", "none"]) };
    case "if":
      return {
        k: kind,
        test: cond(random, place, 2),
        then: block(random, inner, 2),
        otherwise: random() < 0.5 ? [] : block(random, inner, 2),
      };
    case "rows":
      return { k: kind, body: block(random, { ...inner, loop: true, rows: true }, 3) };
    case "list":
    case "while":
      return { k: kind, body: block(random, { ...inner, loop: true, rows: false }, 3) };
    case "try":
      return {
        k: kind,
        body: block(random, inner, 3),
        caught: block(random, inner, 2),
        after: random() < 0.3 ? [{ k: "header", origin: "any" }] : undefined,
      };
    case "switch":
      return {
        k: kind,
        // A jump in a `switch` means something else.
        cases: [0, 1].map(() => block(random, { ...inner, loop: false }, 2)),
        otherwise: random() < 0.5 ? [] : block(random, { ...inner, loop: false }, 2),
      };
    case "return":
      return {
        k: kind,
        by: place.helper ? "status" : pick(random, ["literal", "variables", "helper"]),
        is: pick(random, statuses),
      };
    default:
      return { k: kind };
  }
}

function cond(random: () => number, place: Place, depth: number): Cond {
  const simple = [
    "way", "method", "status", "origin", "body", "flag", "found", "data",
    ...(place.rows ? (["row", "row", "row"] as const) : []),
  ] as const; // prettier-ignore
  const kind = pick(random, depth > 0 ? ([...simple, "not", "and", "or"] as const) : simple);
  switch (kind) {
    case "way":
    case "row":
      return { k: kind, is: pick(random, ["ok", "boom"]) };
    case "method":
      return { k: kind, is: pick(random, ["GET", "OPTIONS"]) };
    case "status":
      return { k: kind, is: pick(random, statuses) };
    case "not":
      return { k: kind, of: cond(random, place, depth - 1) };
    case "and":
    case "or":
      return {
        k: kind,
        left: cond(random, place, depth - 1),
        right: cond(random, place, depth - 1),
      };
    default:
      return { k: kind };
  }
}

const NAME = "Access-Control-Allow-Origin";
const SHOP = "https://shop.example.com";

/** The program as a Node handler. */
export function toNode({ helper, body }: Program): string {
  return `const LIST = ["${SHOP}", "https://admin.example.com"];
const rows = () => JSON.parse(process.env.ROWS ?? '[{"name":"ok","id":7}]');
const answer = (statusCode, headers) => ({ statusCode, headers, body: "" });
function chosen(event, way, method, origin) {
  let [status, headers, found, flag, data, row] = [200, {}, null, false, null, null];
${node(helper, "  ")}
  return status;
}
async function load(event) {
  try {
    return JSON.parse(event.body).missing.length;
  } catch (error) {
    if (event.body) throw error;
    return null;
  }
}
exports.handler = async (event) => {
  const way = event.queryStringParameters.way;
  const method = event.httpMethod;
  const origin = event.headers.origin;
  let status = 200;
  let headers = {};
  let found = null;
  let flag = false;
  let data = null;
  const fail = () => {
    status = 502;
    headers = {};
  };
${node(body, "  ")}
  return { statusCode: status, headers, body: "" };
};
`;
}

function node(block: Block, indent: string): string {
  return block.map((each) => indent + nodeStmt(each, indent)).join("\n");
}

function nodeStmt(stmt: Stmt, indent: string): string {
  const within = (block: Block): string => `{\n${node(block, `${indent}  `)}\n${indent}}`;
  switch (stmt.k) {
    case "status":
      return `status = ${stmt.is};`;
    case "header":
      return `headers["${NAME}"] = ${nodeOrigin[stmt.origin]};`;
    case "headers":
      return `headers = ${nodeHeaders(stmt.origin)};`;
    case "drop":
      return `delete headers["${NAME}"];`;
    case "flag":
      return `flag = !flag;`;
    case "parse":
      return `data = JSON.parse(event.body);`;
    case "throw":
      return `throw new Error("no");`;
    case "spread":
      return `headers = { "${NAME}": "${SHOP}", ...headers, Vary: "Origin" };`;
    case "fail":
      return `fail();`;
    case "attempt":
      return `data = await load(event);`;
    case "either":
      return `status = ${nodeCond(stmt.test)} ? ${stmt.is} : status;`;
    case "break":
    case "continue":
      return `${stmt.k};`;
    case "found":
      return `found = ${{ row: "row.id", one: "1", none: "null" }[stmt.is]};`;
    case "if":
      return `if (${nodeCond(stmt.test)}) ${within(stmt.then)}${stmt.otherwise.length > 0 ? ` else ${within(stmt.otherwise)}` : ""}`;
    case "rows":
      return `for (const row of rows()) ${within(stmt.body)}`;
    case "list":
      return `for (const code of [201, 404]) {\n${indent}  status = code;\n${node(stmt.body, `${indent}  `)}\n${indent}}`;
    case "while":
      return `for (let n = 0; n < 2; n++) ${within(stmt.body)}`;
    case "try":
      return `try ${within(stmt.body)} catch (error) ${within(stmt.caught)}${stmt.after ? ` finally ${within(stmt.after)}` : ""}`;
    case "switch": {
      const cases = stmt.cases.map(
        (body, i) =>
          `${indent}  case "${["ok", "boom"][i] ?? ""}":\n${node(body, `${indent}    `)}\n${indent}    break;`,
      );
      return `switch (way) {\n${cases.join("\n")}\n${indent}  default:\n${node(stmt.otherwise, `${indent}    `)}\n${indent}}`;
    }
    case "helper":
      return `status = chosen(event, way, method, origin);`;
    case "return":
      if (stmt.by === "literal")
        return `return { statusCode: ${stmt.is}, headers: ${nodeHeaders("any")} };`;
      if (stmt.by === "status") return `return ${stmt.is};`;
      return `return answer(${stmt.by === "helper" ? stmt.is : "status"}, headers);`;
  }
}

const nodeOrigin: Record<Origin, string> = { any: `"*"`, shop: `"${SHOP}"`, request: "origin" };

const nodeHeaders = (origin: Origin | undefined): string =>
  origin === undefined ? "{}" : `{ "${NAME}": ${nodeOrigin[origin]} }`;

function nodeCond(test: Cond): string {
  switch (test.k) {
    case "way":
    case "method":
      return `${test.k} === "${test.is}"`;
    case "status":
      return `status === ${test.is}`;
    case "row":
      return `row.name === "${test.is}"`;
    case "origin":
      return `LIST.includes(origin)`;
    case "body":
      return `event.body`;
    case "not":
      return `!(${nodeCond(test.of)})`;
    case "and":
    case "or":
      return `(${nodeCond(test.left)} ${test.k === "and" ? "&&" : "||"} ${nodeCond(test.right)})`;
    default:
      return test.k;
  }
}

/** The program as a Python handler. */
export function toPython({ helper, body }: Program): string {
  return `import json
import os

LIST = ["${SHOP}", "https://admin.example.com"]


def rows():
    return json.loads(os.environ.get("ROWS", '[{"name": "ok", "id": 7}]'))


def answer(status, headers):
    return {"statusCode": status, "headers": headers, "body": ""}


def chosen(event, way, method, origin):
    status, headers, found, flag, data, row = 200, {}, None, False, None, None
${python(helper, "    ")}
    return status


def load(event):
    try:
        return json.loads(event["body"])["missing"]
    except Exception:
        if event["body"]:
            raise
        return None


def handler(event, context):
    way = event["queryStringParameters"].get("way")
    method = event["httpMethod"]
    origin = event["headers"].get("origin")
    status = 200
    headers = {}
    found = None
    flag = False
    data = None

    def fail():
        nonlocal status, headers
        status = 502
        headers = {}

${python(body, "    ")}
    return {"statusCode": status, "headers": headers, "body": ""}
`;
}

function python(block: Block, indent: string): string {
  return block.length === 0
    ? `${indent}pass`
    : block.map((each) => indent + pythonStmt(each, indent)).join("\n");
}

function pythonStmt(stmt: Stmt, indent: string): string {
  const within = (block: Block): string => `:\n${python(block, `${indent}    `)}`;
  switch (stmt.k) {
    case "status":
      return `status = ${stmt.is}`;
    case "header":
      return `headers["${NAME}"] = ${pythonOrigin[stmt.origin]}`;
    case "headers":
      return `headers = ${pythonHeaders(stmt.origin)}`;
    case "drop":
      return `headers.pop("${NAME}", None)`;
    case "flag":
      return `flag = not flag`;
    case "parse":
      return `data = json.loads(event["body"])`;
    case "throw":
      return `raise ValueError("no")`;
    case "spread":
      return `headers = {"${NAME}": "${SHOP}", **headers, "Vary": "Origin"}`;
    case "fail":
      return `fail()`;
    case "attempt":
      return `data = load(event)`;
    case "either":
      return `status = ${stmt.is} if ${pythonCond(stmt.test)} else status`;
    case "break":
    case "continue":
      return stmt.k;
    case "found":
      return `found = ${{ row: `row["id"]`, one: "1", none: "None" }[stmt.is]}`;
    case "if":
      return `if ${pythonCond(stmt.test)}${within(stmt.then)}${stmt.otherwise.length > 0 ? `\n${indent}else${within(stmt.otherwise)}` : ""}`;
    case "rows":
      return `for row in rows()${within(stmt.body)}`;
    case "list":
      return `for code in [201, 404]:\n${indent}    status = code\n${python(stmt.body, `${indent}    `)}`;
    case "while":
      return `for n in range(2)${within(stmt.body)}`;
    case "try":
      return `try${within(stmt.body)}\n${indent}except Exception${within(stmt.caught)}${stmt.after ? `\n${indent}finally${within(stmt.after)}` : ""}`;
    case "switch": {
      const [ok = [], boom = []] = stmt.cases;
      return `if way == "ok"${within(ok)}\n${indent}elif way == "boom"${within(boom)}\n${indent}else${within(stmt.otherwise)}`;
    }
    case "helper":
      return `status = chosen(event, way, method, origin)`;
    case "return":
      if (stmt.by === "literal")
        return `return {"statusCode": ${stmt.is}, "headers": ${pythonHeaders("any")}}`;
      if (stmt.by === "status") return `return ${stmt.is}`;
      return `return answer(${stmt.by === "helper" ? stmt.is : "status"}, headers)`;
  }
}

const pythonOrigin: Record<Origin, string> = { any: `"*"`, shop: `"${SHOP}"`, request: "origin" };

const pythonHeaders = (origin: Origin | undefined): string =>
  origin === undefined ? "{}" : `{"${NAME}": ${pythonOrigin[origin]}}`;

function pythonCond(test: Cond): string {
  switch (test.k) {
    case "way":
    case "method":
      return `${test.k} == "${test.is}"`;
    case "status":
      return `status == ${test.is}`;
    case "row":
      return `row["name"] == "${test.is}"`;
    case "origin":
      return `origin in LIST`;
    case "body":
      return `event["body"]`;
    case "not":
      return `not (${pythonCond(test.of)})`;
    case "and":
    case "or":
      return `(${pythonCond(test.left)} ${test.k} ${pythonCond(test.right)})`;
    default:
      return test.k;
  }
}
