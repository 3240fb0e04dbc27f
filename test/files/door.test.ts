import assert from "node:assert/strict";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { Door } from "../../server/src/files/door";
import { create, save } from "../../server/src/files/save";
import { folderWith, put, removeFolders } from "../workspace/folder";

const text = (door: Door, file: string): string | undefined => door.text(file, 1000);

describe("the door to files", () => {
  afterEach(removeFolders);

  it("reads regular files inside, links within included, and nothing else", () => {
    const outside = folderWith({ "secret.json": "secret", "in/x.ts": "secret" });
    const folder = folderWith({ ".git/HEAD": "", "a.ts": "a", "sub/b.ts": "b" });
    const link = (name: string, to: string): void => symlinkSync(to, path.join(folder, name));
    link("within.ts", "sub/b.ts");
    link("out.json", path.join(outside, "secret.json"));
    link("outfolder", path.join(outside, "in"));
    link("self", "self");
    link("zero", "/dev/zero");
    link("memory", "/proc/self/environ");
    const door = new Door([`${folder}/sub`]);
    assert.equal(text(door, `${folder}/a.ts`), "a", "the repository of what was named");
    assert.equal(text(door, `${folder}/within.ts`), "b");
    for (const name of ["out.json", "outfolder/x.ts", "self", "zero", "memory", "sub", "none"]) {
      assert.equal(text(door, `${folder}/${name}`), undefined, name);
      if (name !== "sub") assert.equal(door.kind(`${folder}/${name}`), "none", name);
    }
    for (const file of [
      `${outside}/secret.json`,
      `${folder}/../x`,
      "/etc/passwd",
      "/etc/passwd\0",
    ]) {
      assert.equal(text(door, file), undefined, file);
    }
    assert.equal(door.read(`${folder}/out.json`, 10).k, "refused");
  });

  it("reads no more than was asked for, whatever a size is said to be", () => {
    const folder = folderWith({ "large.ts": "x".repeat(2000), "small.ts": "x".repeat(1000) });
    const door = new Door([folder]);
    assert.deepEqual(door.read(`${folder}/large.ts`, 1000), { k: "too large", size: 2000 });
    assert.equal(text(door, `${folder}/small.ts`)?.length, 1000);
  });

  it("has nothing behind it before something is named", () => {
    const folder = folderWith({ "a.ts": "a" });
    assert.equal(text(new Door(), `${folder}/a.ts`), undefined);
  });

  it("writes inside, in one step, and through no link that leads out", async () => {
    const outside = folderWith({ "victim.ts": "victim" });
    const folder = folderWith({ "a.ts": "a" });
    symlinkSync(path.join(outside, "victim.ts"), path.join(folder, "link.ts"));
    symlinkSync(outside, path.join(folder, "folder"));
    mkdirSync(path.join(folder, "sub"));
    const door = new Door([folder]);
    for (const file of ["link.ts", "folder/victim.ts", "sub", "none.ts"]) {
      await assert.rejects(save(door, `${folder}/${file}`, "x", "utf8"), Error, file);
    }
    await assert.rejects(create(`${folder}/link.ts`, "x"), /it is a link/);
    assert.equal(readFileSync(`${outside}/victim.ts`, "utf8"), "victim");
    await save(door, `${folder}/a.ts`, "b", "utf8");
    assert.equal(text(door, `${folder}/a.ts`), "b");
    await create(`${folder}/new.json`, "{}");
    put(folder, "x", "");
    assert.equal(text(door, `${folder}/new.json`), "{}");
  });
});
