/** What a program's variables come to, in a short notation: `1 | 2`, `[a, b?, …]`, `{k: 1, …}`, `?` for what is not known. */
import { newEvaluation } from "../../shared/src/interpreter/core/state";
import type { AbstractValue } from "../../shared/src/interpreter/core/values";
import { runFile } from "../../shared/src/interpreter/modules/modules";
import { awsDomain } from "../../shared/src/readers/domain";
import { memoryProject } from "../rules/memory-project";

/** The variables of the first file's module after it was run, by name. */
export async function evaluated(
  files: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const project = await memoryProject(new Map(Object.entries(files)));
  const [first = ""] = Object.keys(files);
  const run = newEvaluation(project, awsDomain(), 100_000);
  const found = runFile(run, first)?.scope.vars ?? new Map<string, AbstractValue>();
  return Object.fromEntries([...found].map(([name, value]) => [name, shown(value)]));
}

function shown(value: AbstractValue, depth = 0): string {
  if (depth > 4) return "…";
  const inner = (each: AbstractValue): string => shown(each, depth + 1);
  switch (value.t) {
    case "const":
      return value.value === undefined ? "undefined" : JSON.stringify(value.value);
    case "array":
      return `[${[...value.items.map(inner), ...(value.open === undefined ? [] : ["…"])].join(", ")}]`;
    case "object": {
      const props = [...value.props].map(
        ([name, slot]) =>
          `${name}${"maybe" in slot && slot.maybe ? "?" : ""}: ${inner(slot.value)}`,
      );
      return `{${[...props, ...(value.open === undefined ? [] : ["…"])].join(", ")}}`;
    }
    case "oneOf":
      return [...new Set(value.of.map(inner))].sort().join(" | ");
    case "maybe":
      return `${inner(value.of)}?`;
    case "extern":
      return value.path;
    case "unknown":
      return value.pieces ? `\`${value.pieces.map(piece).join("")}\`` : "?";
    default:
      return value.t;
  }
}

function piece(value: AbstractValue): string {
  return value.t === "const" ? String(value.value) : "…";
}
