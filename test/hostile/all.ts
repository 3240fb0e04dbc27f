/** Every hostile workspace. */
import { attemptWorkspaces } from "./attempts";
import { depthWorkspaces } from "./depth";
import { fileWorkspaces } from "./files";
import { growthWorkspaces } from "./growth";
import { patternWorkspaces } from "./patterns";
import { scanWorkspaces } from "./scans";
import type { HostileWorkspace } from "./workspace";

export const hostileWorkspaces: readonly HostileWorkspace[] = [
  ...growthWorkspaces,
  ...patternWorkspaces,
  ...depthWorkspaces,
  ...scanWorkspaces,
  ...fileWorkspaces,
  ...attemptWorkspaces,
];

/** How many workspaces there are of each kind. */
export function kindsOf(workspaces: readonly HostileWorkspace[]): ReadonlyMap<string, number> {
  const kinds = new Map<string, number>();
  for (const { name } of workspaces) {
    const [kind = ""] = name.split("/", 1);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return kinds;
}
