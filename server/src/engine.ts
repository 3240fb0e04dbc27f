/** Everything that reads and judges code, put together once for all programs; a bundle of its own that they share. */
import { link, linkSteps } from "../../shared/src/model/link";
import { rules } from "../../shared/src/rules";
import type { Engine } from "./workspace/check";
import { frontends } from "./workspace/languages";

export const engine: Engine = { frontends, link, linkSteps, rules };
