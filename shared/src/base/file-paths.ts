/** Paths with `/`, as text; `shared` has no file system. */

/** Joins and normalises: `join("/a/b", "../c")` is `/a/c`. An absolute part starts over. */
export function joinPath(...parts: readonly string[]): string {
  let path = "";
  for (const part of parts) {
    if (part === "") continue;
    path = path === "" || part.startsWith("/") ? part : `${path}/${part}`;
  }
  const absolute = path.startsWith("/");
  const out: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === ".." && out.length > 0 && out.at(-1) !== "..") out.pop();
    else if (segment !== ".." || !absolute) out.push(segment);
  }
  return (absolute ? "/" : "") + out.join("/") || ".";
}

export function dirname(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash > 0 ? path.slice(0, slash) : slash === 0 ? "/" : ".";
}

export function basename(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The path without the last extension of its name. */
export function withoutExtension(path: string): string {
  return path.replace(/\.[^./]+$/, "");
}
