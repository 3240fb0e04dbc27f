import { itLowers } from "./lowered";

describe("typescript: modules", () => {
  describe("imports", () => {
    itLowers([
      ['import d, { a, b as c } from "m"', 'import default as d, a, b as c from "m"'],
      ['import * as ns from "m"; import "side"', 'import * as ns from "m"\nimport from "side"'],
      ['import { "x-y" as z } from "m"', 'import x-y as z from "m"'],
      [
        'import type T from "m"; import { type U } from "m"; import { type V, w } from "m"',
        'import w from "m"',
      ],
      ['import x = require("m"); import Y = x.a.B', 'import * as x from "m"\nconst Y = x.a.B'],
    ]);
  });

  describe("require", () => {
    itLowers([
      [
        'const a = require("a"), { b, c: d } = require("b"), e = require("e").F, g = 1',
        'import * as a from "a"\nimport b, c as d from "b"\nimport F as e from "e"\nconst g = 1',
      ],
      ['require("side")', 'import from "side"'],
      ['function f() { const a = require("a") }', 'function f() { import * as a from "a" }'],
      ['const a = __importStar(require("a"))', 'import * as a from "a"'],
      ['const { a = 1, ...b } = require("m")', 'const {"a": (default a 1), ...b} = require("m")'],
      ['f(require("m"), require(n))', 'f(require("m"), require(n))'],
    ]);
  });

  describe("exports", () => {
    itLowers([
      [
        "export const a = 1, { b } = c",
        'const a = 1\nconst {"b": b} = c\nexport a = a\nexport b = b',
      ],
      ["export async function f() {}", "async function f() {}\nexport f = f"],
      ["export default function f() {}", "function f() {}\nexport default = f"],
      ["export default function () {}", "export default = function() {}"],
      ["export default class {}", "export default = class {}"],
      ["export default f(x)", "export default = f(x)"],
      ["export { a, b as c, type T }; export type { U }", "export a = a\nexport c = b"],
      [
        'export { a as b } from "m"; export * from "n"',
        'reexport a as b from "m"\nreexport * from "n"',
      ],
      ['export * as ns from "m"', 'reexport * as ns from "m"'],
      ["export = f", "(= module.exports f)"],
      ["exports.a = 1; module.exports = { b }", '(= exports.a 1)\n(= module.exports {"b": b})'],
      ['export import a = require("m")', 'import * as a from "m"\nexport a = a'],
      ["export enum E { A }", 'const E = {"A": 0}\nexport E = E'],
      ["export interface I {} export type T = 1", ""],
    ]);
  });
});
