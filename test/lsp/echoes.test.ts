import assert from "node:assert/strict";
import { DiagnosticSeverity } from "vscode-languageserver/node";
import { frontends } from "../../server/src/workspace/languages";
import { link, linkSteps } from "../../shared/src/readers/link";
import { rules } from "../../shared/src/rules";
import { stackTs } from "../rules/samples";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor, uri } from "./editor";

const stack = stackTs(`
      const api = new HttpApi(stack, "Shop", { corsPreflight: {
        allowOrigins: ["https://app.acmecorp.com"],
        allowHeaders: ["content-type"],
      } });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: backend });`).replace(
  "//- /stack.ts\n",
  "",
);
const page = `const api = import.meta.env.VITE_SHOP_URL;
export const load = () => fetch(api + "/orders", { headers: { "x-tenant": "a" } });
`;

describe("language server: a fault that is told at its cause", () => {
  afterEach(removeFolders);

  it("is shown at the call that it blocks as well, once for each place", async () => {
    const folder = folderWith({ "cdk.json": "{}", "stack.ts": stack, "web/orders.ts": page });
    const engine = { frontends, link, linkSteps, rules };
    const editor = await Editor.open(engine, { folders: [folder] });
    const file = `${folder}/web/orders.ts`;
    const found = await editor.diagnostics(file);
    assert.deepEqual(
      found.map(({ code, severity, message }) => [
        code,
        severity,
        (typeof message === "string" ? message : message.value).split("\n")[0],
      ]),
      [
        [
          "allow-headers-missing",
          DiagnosticSeverity.Information,
          "The browser does not send this: the policy does not allow the header x-tenant.",
        ],
      ],
    );
    assert.equal(found[0]?.relatedInformation?.[0]?.location.uri, uri(`${folder}/stack.ts`));
    const own = await editor.diagnostics(`${folder}/stack.ts`);
    assert.ok(own.some(({ code }) => code === "allow-headers-missing"));
    await editor.close();
  });
});
