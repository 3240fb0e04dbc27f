/** Files of tests: what is answered in them is made up. */
import { basename } from "../base/file-paths";
import { memoizeByIdentity } from "../base/memoize";
import type { Project } from "../ir/project";
import type { FileFacts } from "../ir/facts";

const testFolder =
  /(^|\/)(__tests__|__mocks__|__fixtures__|tests?|specs?|e2e|cypress|playwright|mocks?|fixtures|msw)\//;
const testName =
  /[._](test|tests|spec|specs|e2e|cy|stories|mock|mocks)\.[cm]?[jt]sx?$|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/;
const testLibrary =
  /^(vitest|jest|@jest\/globals|mocha|chai|sinon|msw(\/.*)?|@playwright\/test|playwright|cypress|supertest|node:test|aws-sdk-client-mock|pytest|unittest(\..*)?|moto(\..*)?)$/;

/** Whether a file belongs to tests, by its place below the application, its name, or what it imports. */
export function isTestFile(project: Project, file: string): boolean {
  const root = project.root.endsWith("/") ? project.root : `${project.root}/`;
  // Folders above the application, and those of code that lies elsewhere, say nothing.
  const path = file.startsWith(root) ? file.slice(root.length) : basename(file);
  if (testFolder.test(path) || testName.test(path)) return true;
  const facts = project.facts(file);
  return facts !== undefined && importsTestLibrary(facts);
}

/** Asked of every file at each linking, so worked out once for each text. */
const importsTestLibrary = memoizeByIdentity(({ body }: FileFacts) =>
  body.some((stmt) => stmt.k === "import" && testLibrary.test(stmt.from)),
);
