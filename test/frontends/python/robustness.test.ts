import assert from "node:assert/strict";
import { printFacts } from "../print-facts";
import { dedent, factsOf } from "./lowered";

const sample = dedent(`
  from aws_cdk import Stack, aws_apigateway as apigw

  class Api(Stack):
      def __init__(self, scope, id, *, origins=("*",), **kwargs):
          super().__init__(scope, id, **kwargs)
          api = apigw.RestApi(
              self, "Api",
              default_cors_preflight_options=apigw.CorsOptions(
                  allow_origins=[f"https://{o}" for o in origins if o],
                  allow_methods=["GET", *apigw.Cors.ALL_METHODS[1:]],
              ),
          )
          match origins:
              case ["*"]: raise ValueError('"""')
              case _: api.root.add_method("GET", lambda: 1)
`);

describe("Python files of any kind", () => {
  it("reads every prefix of a file", async () => {
    for (let end = 0; end <= sample.length; end++) {
      const facts = await factsOf(sample.slice(0, end));
      for (const gap of facts.gaps) assert.ok(gap.at[0] <= gap.at[1] && gap.at[1] <= end);
    }
  });

  it("reads a file without any one of its lines", async () => {
    const lines = sample.split("\n");
    for (const [i] of lines.entries()) await factsOf(lines.toSpliced(i, 1).join("\n"));
  });

  it("keeps the other statements of a file with an open bracket", async () => {
    const text = dedent(`
      class Api(Stack):
          def __init__(self, scope):
              api = RestApi(self, "Api", options=CorsOptions(
                  allow_origins=["*"],
                  allow_methods=
              )
              api.root.add_method("GET", fn.
          def other(self):
              return {"a": 1
      y = 2
    `);
    const facts = await factsOf(text);
    assert.equal(facts.broken, true);
    assert.equal(
      printFacts(facts),
      dedent(`
        class Api extends Stack {
          constructor __init__(scope) {
            let api = RestApi(this, "Api", options=CorsOptions(allow_origins=["*"], allow_methods=(unknown "missing in the text")))
            api.root.add_method("GET", fn)
          }
          method other() { return {"a": 1} }
        }
        let y = 2
      `).trimEnd(),
    );
  });

  it("counts offsets of the user's text behind brackets that it closed itself", async () => {
    const text = 'a = f(g(1, "😀"\nb = "x"\n';
    const { body, gaps } = await factsOf(text);
    assert.deepEqual(
      body.map((statement) => text.slice(...statement.at)),
      ['a = f(g(1, "😀"', 'b = "x"'],
    );
    assert.deepEqual(gaps, [{ because: "missing in the text", at: [15, 15] }]);
  });

  it("counts UTF-16 code units", async () => {
    const text = '# 😀 é\nx = "😀é" + "𝒳" + y\n';
    const [statement] = (await factsOf(text)).body;
    assert.equal(statement?.k, "let");
    assert.equal(statement.value?.k, "binary");
    assert.equal(text.slice(...statement.value.left.at), '"😀é" + "𝒳"');
    assert.equal(text.slice(...statement.value.right.at), "y");
  });

  it("reads a byte order mark, tabs and every kind of line end", async () => {
    for (const newline of ["\n", "\r\n", "\r"]) {
      const text = ["\ufeffif a:", "\tx = 1", "\ty = '''p", "q'''", ""].join(newline);
      const facts = await factsOf(text);
      assert.equal(facts.broken, undefined);
      assert.equal(printFacts(facts), 'if a {\n  let x = 1\n  let y = "p\\nq"\n}');
      assert.equal(facts.lineStarts.length, 5);
      assert.equal(text.slice(...(facts.body[0]?.at ?? [])).startsWith("if a:"), true);
    }
  });

  it("reads NUL, lone surrogates and nothing", async () => {
    assert.equal((await factsOf("x = 1\0\ny = 2\n")).broken, true);
    assert.equal(printFacts(await factsOf("x = '\ud800'")), 'let x = "\\ud800"');
    assert.deepEqual((await factsOf("")).body, []);
  });

  it("reads a file of one megabyte", async () => {
    const line = 'headers = {"Access-Control-Allow-Origin": "*"}\n';
    const facts = await factsOf(line.repeat(22_000));
    assert.equal(facts.body.length, 22_000);
  });

  const deep: Record<string, string> = {
    brackets: "x = " + "(".repeat(20_000) + "1" + ")".repeat(20_000),
    "open brackets": "[".repeat(20_000),
    sum: "x = " + "1 + ".repeat(20_000) + "1",
    calls: "x" + ".a()".repeat(20_000),
    comparisons: "a " + "< a ".repeat(20_000),
    elif: "if a: b\n" + "elif a: b\n".repeat(20_000),
    "chained places": "a.b = ".repeat(20_000) + "1",
    lambdas: "lambda: ".repeat(20_000) + "1",
    replacements: "f'{".repeat(2_000),
    blocks: Array.from({ length: 1_000 }, (_, i) => `${" ".repeat(i)}def f(self):`).join("\n"),
  };
  for (const [name, text] of Object.entries(deep)) {
    it(`reads deep nesting (${name}) into facts that JSON can hold`, async () => {
      assert.ok(JSON.stringify(await factsOf(text)).length > 0);
    });
  }
});
