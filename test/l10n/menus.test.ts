import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { marketplacePage } from "../../scripts/marketplace-page.mjs";

const root = path.join(__dirname, "../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly submenus: readonly { readonly id: string }[];
    readonly menus: Readonly<Record<string, readonly { command?: string; submenu?: string }[]>>;
  };
}

describe("the editor's menus", () => {
  const { contributes } = JSON.parse(read("package.json")) as Manifest;
  const { commands, menus, submenus } = contributes;
  const nls = JSON.parse(read("package.nls.json")) as Readonly<Record<string, string>>;
  const sources = readdirSync(path.join(root, "client/src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => read(`client/src/${file}`))
    .concat(read("shared/src/protocol.ts"))
    .join("\n");

  it("name commands that exist, with titles of at most 60 characters", () => {
    const known = new Set(commands.map(({ command }) => command));
    for (const { command, submenu } of Object.values(menus).flat()) {
      assert.ok(command === undefined || known.has(command), command);
      assert.ok(submenu === undefined || submenus.some(({ id }) => id === submenu), submenu);
    }
    for (const { command, title } of commands) {
      assert.ok(sources.includes(`"${command}"`), `${command} is not registered`);
      const text = nls[title.slice(1, -1)] ?? title;
      assert.ok(text.length > 0 && text.length <= 60, text);
    }
  });

  it("have the fixes, the suppression and the settings file, in palette and editor", () => {
    const wanted = ["fixAll", "fixRule", "suppressInFile", "createConfiguration"];
    const inEditor = (menus["corsLens.editor"] ?? []).map(({ command }) => command);
    for (const name of wanted) {
      assert.ok(inEditor.includes(`corsLens.${name}`), name);
      assert.ok(
        commands.some(({ command }) => command === `corsLens.${name}`),
        name,
      );
    }
    assert.ok(menus["editor/context"]?.some(({ submenu }) => submenu === "corsLens.editor"));
  });
});

describe("the walkthrough", () => {
  const folder = path.join(root, "client/walkthrough");
  const pages = readdirSync(folder).map(
    (file) => [file, read(`client/walkthrough/${file}`)] as const,
  );

  it("shows pictures that are packed", () => {
    const ignore = read(".vscodeignore").split("\n");
    const pictures = pages.flatMap(([, text]) =>
      [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, link = ""]) => link),
    );
    assert.ok(pictures.length >= 2);
    assert.ok(ignore.includes("!docs/images/*.png"));
    for (const picture of pictures) {
      const file = path.join(folder, picture);
      assert.ok(existsSync(file), picture);
      assert.equal(path.dirname(file), path.join(root, "docs/images"));
    }
  });
});

describe("the page of the Marketplace", () => {
  const text = marketplacePage(read("README.md"));
  const first = text.slice(0, text.indexOf("## Why"));

  it("has on its first screen what users need, and nothing for contributors", () => {
    const headings = [...first.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    assert.deepEqual(headings, ["Install", "What it finds", "Settings"]);
    assert.ok(first.indexOf("![") < first.indexOf("## Install"));
    assert.equal(first.match(/^\| .*shared\/src\/rules/gm)?.length, 3);
    const shown = text.replace(/<!--[^]*?-->/g, "");
    assert.doesNotMatch(shown, /npm ci|npm start|npm run|npm test/);
    for (const command of ["npm ci && npm run demo", "npm ci && npm test"])
      for (const file of ["README.md", "CONTRIBUTING.md"])
        assert.ok(read(file).includes(command), `${command} in ${file}`);
  });
});
