/** Files that test an application: the stacks that they make are not deployed, and the answers that they hold are mocked. */

const folders =
  "test tests spec specs e2e __tests__ __mocks__ cypress playwright mocks mock fixtures __fixtures__ msw";
const testFolders: ReadonlySet<string> = new Set(folders.split(" "));

/** `orders.test.ts`, `orders.spec.tsx`, `orders.cy.ts`, `orders.stories.tsx`, `test_orders.py`, `orders_test.py`, `conftest.py` */
const testName =
  /(?:[.](?:test|tests|spec|e2e|cy|stories|mock)[.][cm]?[jt]sx?|^test_.*[.]py|_test[.]py|^conftest[.]py)$/;

/** @param root the application's folder: folders above it say nothing of what lies in it */
export function isTestFile(file: string, root: string): boolean {
  const parts = (file.startsWith(`${root}/`) ? file.slice(root.length) : file).split("/");
  const name = parts.pop() ?? "";
  return testName.test(name) || parts.some((part) => testFolders.has(part));
}
