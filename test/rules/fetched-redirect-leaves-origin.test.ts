import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "fetched-redirect-leaves-origin";
const says = "[warning] The browser follows this redirect within the page's fetch, as origin null.";

const ts = (handler: string, options = "", routes = '"/profile"'): string =>
  `${stackTs(`
      const profile = new NodejsFunction(stack, "Profile", { entry: "/profile.ts" });
      const api = new HttpApi(stack, "Shop", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });
      for (const path of [${routes}])
        api.addRoutes({ path, methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", profile) });`)}
//- /profile.ts
${handler}
//- /web/profile.ts
export const load = () => fetch(import.meta.env.VITE_SHOP_URL + "/profile"${options});
`;

const to = (location: string, status = "302", claim = false): string =>
  `export const handler = async (event: any) => {
  return {
    statusCode: ${status},
    headers: {
      Location: ${location},
${claim ? `//    ^${"^".repeat("Location: ".length + location.length - 1)} ${says}\n` : ""}    },
  };
};`;

describe(rule, () => {
  it("tells of redirects whose origin is known, whatever follows it", async () => {
    const locations = [
      `"https://login.acmecorp.com"`,
      `"https://login.acmecorp.com/authorize?next=" + event.rawPath`,
      "`https://login.acmecorp.com/${event.rawPath}`",
    ];
    for (const location of locations) await check(rule, ts(to(location, "302", true)));
    await check(rule, ts(to(locations[0] ?? "", "307", true), `, { redirect: "follow" }`));
    await check(
      rule,
      `${stackPy(`
      profile = lambda_.Function(stack, "Profile", runtime=lambda_.Runtime.PYTHON_3_13, handler="profile.handler", code=lambda_.Code.from_asset("/lambda"))
      api = apigwv2.HttpApi(stack, "Shop", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=["https://app.acmecorp.com"]))
      api.add_routes(path="/profile", methods=[apigwv2.HttpMethod.GET], integration=integrations.HttpLambdaIntegration("I", profile))`)}
#- /lambda/profile.py
def handler(event, context):
    return {"statusCode": 303, "headers": {
        "location": f"https://login.acmecorp.com/{event['rawPath']}",
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${says}
    }}
//- /web/profile.ts
import axios from "axios";
export const load = () => axios.get(import.meta.env.VITE_SHOP_URL + "/profile");
`,
    );
  });

  it("is silent where it goes elsewhere, or another route may be meant", async () => {
    const login = `"https://login.acmecorp.com/"`;
    const silent = [
      ts(to(`"/login"`)),
      ts(to("process.env.LOGIN_URL!")),
      ts(to('"https://" + event.headers.host + "/x"')),
      ts(to('"https://login" + event.rawPath')),
      ts(to('"https://abc123.execute-api.eu-west-1.amazonaws.com/prod/x"')),
      ts(to(login, "200")),
      ts(to(login), `, { redirect: "manual" }`),
      ts(to(login), `, { redirect: "error" }`),
      ts(to(login), `, { mode: "no-cors" }`),
      ts(to(login), "", '"/profile", "/login"'),
      ts(to(login), "", '"/{proxy+}"'),
    ];
    for (const project of silent) await check(rule, project);
  });
});
