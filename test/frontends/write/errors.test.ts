import assert from "node:assert/strict";
import { taken, written } from "./answer-errors";
import { declines, spelled, spells } from "./spell";

describe("writing answerErrors in TypeScript and JavaScript", () => {
  spells(
    "moves the body with its comments and empty lines",
    "h.ts",
    taken,
    `const corsHeaders = {};

export const handler: Handler = «fn:async (event: Event): Promise<Reply> => {
  // What the page asks for.
  const id = event.id;

  if (!id) {
    return { statusCode: 400, headers: «cors:corsHeaders» }; // none
  }
  /*
   * Found.
   */
  return { statusCode: 200, headers: corsHeaders };
  // The end.
}»;
`,
    `const corsHeaders = {};

export const handler: Handler = async (event: Event): Promise<Reply> => {
  try {
    // What the page asks for.
    const id = event.id;

    if (!id) {
      return { statusCode: 400, headers: corsHeaders }; // none
    }
    /*
     * Found.
     */
    return { statusCode: 200, headers: corsHeaders };
    // The end.
  } catch (error) {
    console.error(error);
    return {
      statusCode: 500,
      headers: corsHeaders,
      body: JSON.stringify({ message: "Internal Server Error" }),
    };
  }
};
`,
  );
  spells(
    "leaves texts of several lines as they are, and a directive in its place",
    "h.js",
    taken,
    `const headers = {}
exports.handler = «fn:async function (event) {
\t'use strict' // always

\tconst text = \`a
  b \${event.id
  ? 1 : 2}
c\`
\treturn { headers: «cors:headers», body: text + 'one\\
two' }
}»
`,
    `const headers = {}
exports.handler = async function (event) {
\t'use strict' // always

\ttry {
\t\tconst text = \`a
  b \${event.id
\t  ? 1 : 2}
c\`
\t\treturn { headers: headers, body: text + 'one\\
two' }
\t} catch (error) {
\t\tconsole.error(error)
\t\treturn {
\t\t\tstatusCode: 500,
\t\t\theaders,
\t\t\tbody: JSON.stringify({ message: 'Internal Server Error' }),
\t\t}
\t}
}
`,
  );
  spells(
    "makes a block of an expression",
    "h.ts",
    taken,
    `const headers = {};
export const handler = «fn:async (event: Event) => ({ statusCode: 200, headers: «cors:headers» })»;
`,
    `const headers = {};
export const handler = async (event: Event) => {
  try {
    return { statusCode: 200, headers: headers };
  } catch (error) {
    console.error(error);
    return {
      statusCode: 500,
      headers,
      body: JSON.stringify({ message: "Internal Server Error" }),
    };
  }
};
`,
  );
  spells(
    "makes a block of an expression on lines of its own",
    "h.ts",
    written(1),
    `export const handler = «fn:async (event: Event) =>
  «p1:respond(200, {
    text: \`
one\`,
  })»»;
`,
    `export const handler = async (event: Event) => {
  try {
    return await respond(200, {
      text: \`
one\`,
    });
  } catch (error) {
    console.error(error);
    return {
      statusCode: 500,
      headers: { "Access-Control-Allow-Origin": "*" },
      body: JSON.stringify({ message: "Internal Server Error" }),
    };
  }
};
`,
  );
  spells(
    "gives a body on one line its lines",
    "h.js",
    written(),
    `module.exports = {
  handler: «fn:async (event) => { const a = 1; return { statusCode: 200, body: a } }»,
}
`,
    `module.exports = {
  handler: async (event) => {
    try {
      const a = 1; return { statusCode: 200, body: a }
    } catch (error) {
      console.error(error);
      return {
        statusCode: 500,
        headers: { "Access-Control-Allow-Origin": "*" },
        body: JSON.stringify({ message: "Internal Server Error" }),
      };
    }
  },
}
`,
  );
  spells(
    "awaits the promises that are returned",
    "h.ts",
    written(5),
    `«fn:export async function handler(event: Event) { // routes
  switch (event.method) {
    case "GET": return «p1:list(event)»;
    case "PUT": return «p2:put(event)» as Promise<Reply>;
    case "POST": return (
      «p3:post(event)»
    );
    default:
      if (event.all) return «p4:event.id ? one(event) : all(event)»;
      return «p5:pending»;
  }
}»
`,
    `export async function handler(event: Event) { // routes
  try {
    switch (event.method) {
      case "GET": return await list(event);
      case "PUT": return await (put(event) as Promise<Reply>);
      case "POST": return await (
        post(event)
      );
      default:
        if (event.all) return await (event.id ? one(event) : all(event));
        return await pending;
    }
  } catch (error) {
    console.error(error);
    return {
      statusCode: 500,
      headers: { "Access-Control-Allow-Origin": "*" },
      body: JSON.stringify({ message: "Internal Server Error" }),
    };
  }
}
`,
  );
  spells(
    "follows the file: quotes of keys, the name in catch clauses, the key of messages, blanks",
    "h.js",
    written(),
    `async function other() {
    try { go(); } catch (err) { return {'statusCode': 404, 'body': JSON.stringify({error: 'No'})}; }
}
exports.handler = «fn:async (event) => {
    return {'statusCode': 200, 'body': await other()};
}»;
`,
    `async function other() {
    try { go(); } catch (err) { return {'statusCode': 404, 'body': JSON.stringify({error: 'No'})}; }
}
exports.handler = async (event) => {
    try {
        return {'statusCode': 200, 'body': await other()};
    } catch (err) {
        console.error(err);
        return {
            'statusCode': 500,
            'headers': {'Access-Control-Allow-Origin': '*'},
            'body': JSON.stringify({error: 'Internal Server Error'}),
        };
    }
};
`,
  );
  it("keeps the line endings of the file", async () => {
    const before = `export const handler = «fn:async () => {\n  return 1;\n}»;\n`;
    const unix = await spelled("h.ts", before, written());
    const windows = await spelled("h.ts", before.replaceAll("\n", "\r\n"), written());
    assert.equal(windows, unix?.replaceAll("\n", "\r\n"));
  });
  for (const [what, text] of [
    ["a function that is not async", `exports.handler = «fn:(event) => { return 1; }»;`],
    ["a generator", `exports.handler = «fn:async function* (event) { yield 1; }»;`],
    ["an empty body", `exports.handler = «fn:async (event) => {}»;`],
    ["a body of directives", `exports.handler = «fn:async (event) => { "use strict"; }»;`],
    ["a method", `class A { «fn:async handler(event) { return 1; }» }`],
    ["a comment beside the value", `exports.handler = «fn:async (event) => /* one */ 1»;`],
    ["half-typed code", `exports.handler = «fn:async (event) => { return { ; }»;`],
  ] as const)
    declines(what, "h.js", written(), text);
});
