/**
 * Everything that reads and judges code, put together once for all programs; a bundle of its own that they share. Imports
 * of what is passed on here lead to this bundle (`scripts/build.mjs`).
 */
import { link, linkSteps } from "../../shared/src/readers/link";
import { rules } from "../../shared/src/rules";
import type { Engine } from "./workspace/check";
import { frontends } from "./workspace/languages";

export * from "../../shared/src/browser";
export * from "../../shared/src/explain";
export * from "../../shared/src/gateway";
export * from "../../shared/src/editor/hover";
export * from "../../shared/src/editor/lens";

export const engine: Engine = { frontends, link, linkSteps, rules };
