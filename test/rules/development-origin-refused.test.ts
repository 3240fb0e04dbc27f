import { check } from "./check";
import { stackTs } from "./samples";

const rule = "development-origin-refused";

const app = (origins: string, claim = "") => `${stackTs(`
      const api = new HttpApi(stack, "Shop", { corsPreflight: {
        allowOrigins: [${origins}],
      ${claim}
        allowHeaders: ["content-type"],
      } });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: backend });`)}//- /web/src/orders.ts
export const load = () => fetch(import.meta.env.VITE_SHOP_URL + "/orders");
`;
const refused = (origin: string) =>
  `//^^^^^^^^^^^^ [warning] The browser refuses pages under development, at ${origin}.`;
const local = '"https://app.acmecorp.com", "http://localhost:8080"';

const script = (dev: string) => `//- /web/package.json
{ "scripts": { "dev": ${JSON.stringify(dev)} } }
`;
const vite = (server: string) => `${script("vite")}//- /web/vite.config.ts
import { defineConfig } from "vite";
export default defineConfig(({ mode }) => ({ plugins: [], server: ${server} }));
`;

describe(rule, () => {
  it("takes the port of the script, of the settings, or the tool's own", async () => {
    const cases: [string, string][] = [
      [script("vite"), "http://localhost:5173"],
      [script("vite dev --port=4000"), "http://localhost:4000"],
      [script("next dev"), "http://localhost:3000"],
      [script("cross-env PORT=3005 react-scripts start"), "http://localhost:3005"],
      [
        script("ng serve") +
          '//- /web/angular.json\n{ "projects": { "web": { "architect": { "serve": {} } } } }\n',
        "http://localhost:4200",
      ],
      [vite("{ port: 8081, host: true }"), "http://localhost:8081"],
      [vite("{ https: {} }"), "https://localhost:5173"],
    ];
    for (const [page, origin] of cases) await check(rule, app(local, refused(origin)) + page);
  });

  it("is silent where the server passes calls on, may be elsewhere, or nobody develops on this machine", async () => {
    const pages = [
      vite('{ proxy: { "/orders": "https://api.acmecorp.com" } }'),
      vite("{ port: Number(process.env.PORT) }"),
      vite("serverSettings()"),
      vite("{ port: 8080 }"),
      script("vite --config other.ts"),
      script("PORT=$PORT next dev"),
      script("npm run codegen && vite"),
      script("vite build"),
      script("webpack serve"),
      "",
    ];
    for (const page of pages) await check(rule, app(local) + page);
    const origins = [
      '"https://app.acmecorp.com"',
      '"*"',
      `${local}, "http://*"`,
      `${local}, process.env.MORE!`,
    ];
    for (const each of origins) await check(rule, app(each) + script("vite"));
  });
});
