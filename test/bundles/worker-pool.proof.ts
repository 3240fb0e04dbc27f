import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import path from "node:path";
import type { JsonReport } from "../../server/src/report/json";
import { folderWith, removeFolders } from "../workspace/folder";
import { built } from "./built";

const examples = path.resolve(__dirname, "../../examples");

function check(folder: string): JsonReport {
  const args = [path.join(built(), "cli.js"), "check", folder, "--format", "json"];
  const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return JSON.parse(stdout) as JsonReport;
}

// What workers do is tested in test/workspace; here, that the packed ones are there and find the same.
describe("a workspace of many applications", function () {
  this.timeout(60_000);
  after(removeFolders);

  it("is checked with workers as each application is alone", () => {
    const folder = folderWith({});
    for (let i = 0; i < 6; i++) {
      for (const language of ["ts", "py"]) {
        cpSync(
          path.join(examples, `acme-orders-${language}`),
          path.join(folder, `${language}${i}`),
          {
            recursive: true,
          },
        );
      }
    }
    const { findings, stats } = check(folder);
    assert.equal(stats.apps, 12);
    for (const [name, alone] of ["ts0", "py0"].map(
      (each) => [each, check(`${folder}/${each}`)] as const,
    )) {
      for (let i = 0; i < 6; i++) {
        const prefix = `${name.slice(0, 2)}${i}/`;
        const own = findings.filter(({ file }) => file.startsWith(prefix));
        assert.ok(own.length > 0);
        assert.deepEqual(
          own.map(({ rule, range, message, file }) => [
            rule,
            range,
            message,
            file.slice(prefix.length),
          ]),
          alone.findings.map(({ rule, range, message, file }) => [rule, range, message, file]),
        );
      }
    }
  });
});
