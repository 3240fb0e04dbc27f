import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "origin-never-matches";

const policy = (origin: string) =>
  stackTs(`new HttpApi(stack, "A", { corsPreflight: { allowOrigins: [${origin}] } });`);

describe(rule, () => {
  for (const [wrong, right, why] of [
    ["https://app.acmecorp.com/", "https://app.acmecorp.com", "it ends with a slash"],
    ["https://app.acmecorp.com/login", "https://app.acmecorp.com", "it has a path"],
    [
      "https://App.AcmeCorp.com",
      "https://app.acmecorp.com",
      "browsers send scheme and host in lower case",
    ],
    [
      "HTTPS://app.acmecorp.com",
      "https://app.acmecorp.com",
      "browsers send scheme and host in lower case",
    ],
    [
      "https://app.acmecorp.com:443",
      "https://app.acmecorp.com",
      "browsers leave out the scheme's own port",
    ],
    ["http://localhost:80", "http://localhost", "browsers leave out the scheme's own port"],
    [" https://app.acmecorp.com", "https://app.acmecorp.com", "it has blanks around it"],
    ["app.acmecorp.com", "https://app.acmecorp.com", "it has no scheme"],
    ["localhost:4200", "http://localhost:4200", "it has no scheme"],
  ] as const) {
    it(`${wrong} becomes ${right}`, async () => {
      const carets = `//${" ".repeat(58 - 2)}${"^".repeat(wrong.length + 2)} No browser sends this origin: ${why}`;
      await check(rule, `${policy(`"${wrong}"`)}${carets}`, policy(`"${right}"`));
    });
  }

  it("is silent about an empty origin that a condition keeps out", async () => {
    const site =
      'const site = process.env.DOMAIN ? `https://${process.env.SUB}.acmecorp.com` : "";';
    await check(
      rule,
      stackTs(`
      const props = { page: process.env.STAGE === "prod" ? "https://app.acmecorp.com" : "" };
      ${site}
      new HttpApi(stack, "A", { corsPreflight: { allowOrigins: site ? [site] : ["*"] } });
      new HttpApi(stack, "B", { corsPreflight: { allowOrigins: props.page ? [props.page] : ["*"] } });
      new HttpApi(stack, "C", { corsPreflight: { allowOrigins: !props.page ? ["*"] : [props.page] } });
      const origins: string[] = [];
      if (site && props.page) origins.push(site, props.page);
      new HttpApi(stack, "D", { corsPreflight: { allowOrigins: origins } });
      new HttpApi(stack, "E", { corsPreflight: { allowOrigins: [props.page] } });
      //                                         ^^^^^^^^^^^^ No browser sends this origin: it is empty`),
    );
    await check(
      rule,
      stackPy(`
      page = "https://app.acmecorp.com" if stack.node.try_get_context("prod") else ""
      origins = [page] if page else ["*"]
      apigwv2.HttpApi(stack, "A", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=origins))
      listed = []
      if not page:
          listed.append("https://b.acmecorp.com")
      else:
          listed.append(page)
      apigwv2.HttpApi(stack, "B", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=listed))
      apigwv2.HttpApi(stack, "C", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=[page]))
      #                                                                       ^^^^^^^^^^^^^ No browser sends this origin: it is empty`),
    );
  });

  it("a comma list becomes several origins", async () => {
    const carets = `//${" ".repeat(56)}${"^".repeat(51)} No browser sends this origin: it is several`;
    await check(
      rule,
      `${policy('"https://app.acmecorp.com, https://qa.acmecorp.com"')}${carets}`,
      stackTs(`
      new HttpApi(stack, "A", {
        corsPreflight: { allowOrigins: ["https://app.acmecorp.com", "https://qa.acmecorp.com"] },
      });`),
    );
  });

  it("wildcards within an origin of an HTTP API are not documented", async () => {
    const carets = `//${" ".repeat(56)}${"^".repeat(24)} [warning] No browser sends this origin: AWS documents no`;
    await check(rule, `${policy('"https://*.acmecorp.com"')}${carets}`);
  });

  it("a placeholder stays reported", async () => {
    const carets = `//${" ".repeat(56)}${"^".repeat(25)} [information] No page of yours`;
    await check(rule, `${policy('"https://app.example.com"')}${carets}`);
  });

  it("is silent about origins that browsers send", async () => {
    await check(
      rule,
      policy(
        '"https://app.acmecorp.com", "http://localhost:3000", "https://*", "*", "capacitor://localhost", "http://[::1]:8080", "null"',
      ),
    );
  });

  it("judges what handlers send and compare with", async () => {
    await check(
      rule,
      `//- /orders.ts
const allowed = ["https://app.acmecorp.com", "https://qa.acmecorp.com/"];
//                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^ No browser sends
export const handler = async (event: any) => ({
  statusCode: 200,
  headers: {
    "Access-Control-Allow-Origin": allowed.includes(event.headers.origin) ? event.headers.origin : "https://app.acmecorp.com/",
    //                                                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ No browser
  },
});`,
    );
  });

  it("is silent about hosts that are compared with a scheme before them", async () => {
    await check(
      rule,
      `//- /orders.ts
const hosts = ["app.acmecorp.com", "admin.acmecorp.com"];
export const handler = async (event: { headers: Record<string, string> }) => {
  const origin = event.headers.origin;
  const known = hosts.some((host) => origin === \`https://\${host}\`);
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": known ? origin : "", Vary: "Origin" } };
};
`,
    );
  });

  it("reads Python", async () => {
    await check(
      rule,
      stackPy(`
      ORIGINS = ["https://app.acmecorp.com"]
      apigwv2.HttpApi(
          stack,
          "A",
          cors_preflight={"allow_origins": [*ORIGINS, "https://qa.acmecorp.com/"]},
          #                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^ No browser
      )`),
    );
  });
});
