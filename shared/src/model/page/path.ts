/** Paths of calls and of routes. */

/** Whether a call's path may be one of a route; `{}` fits variables only. */
export function fits(pattern: string, path: string): boolean {
  const wanted = segments(pattern);
  const given = segments(path);
  for (const [index, segment] of wanted.entries()) {
    if (/^\{[^}]*\+\}$/.test(segment)) return given.length > index;
    const value = given[index];
    if (value === undefined || (!/^\{.*\}$/.test(segment) && value !== segment)) return false;
  }
  return wanted.length === given.length;
}

function segments(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}
