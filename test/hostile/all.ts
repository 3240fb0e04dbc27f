/** Every hostile workspace. */
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
];
