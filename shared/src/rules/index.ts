/** Every rule, in order of id. Written by `npm run generate`. */
import type { Rule } from "./rule";

export const rules: readonly Rule[] = [];
