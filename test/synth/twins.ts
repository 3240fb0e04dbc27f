/** A model without what differs between two programs that say the same: places, language, how variables are spelled. */
import type { CorsModel } from "../../shared/src/model/model";

const incidental = new Set([
  "at",
  "id",
  "api",
  "language",
  "because",
  "unlinked",
  "variable",
  "resource",
  "gaps",
  "file",
]);

/** Lines of JSON. */
export function withoutPlaces(model: CorsModel): readonly string[] {
  const plain = JSON.stringify(
    { apis: model.apis, policies: model.policies },
    (key, value: unknown) => {
      if (key === "option" && typeof value === "string")
        return value.replaceAll("_", "").toLowerCase();
      if (key === "handlers" && Array.isArray(value)) return value.length;
      return incidental.has(key) || isSpan(value) ? undefined : sorted(value);
    },
    1,
  );
  return plain.split("\n");
}

function isSpan(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "start" in value &&
    "end" in value &&
    "file" in value
  );
}

/** The order of an object's keys means nothing here. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
