import { type ExtensionContext, Uri, window, workspace } from "vscode";

/** So that TypeScript does not underline what is not installed beside the example. */
const ambient = `declare module "aws-cdk-lib";
declare module "aws-cdk-lib/*";
declare module "constructs";
declare module "aws-lambda";
`;

/** Opens a fresh copy of the example, to be read, fixed and broken at will. */
export async function openExample({
  extensionUri,
  globalStorageUri,
}: ExtensionContext): Promise<void> {
  const copy = Uri.joinPath(globalStorageUri, "example");
  const original = Uri.joinPath(extensionUri, "examples", "acme-orders-ts");
  await workspace.fs.copy(original, copy, { overwrite: true });
  const declarations = Uri.joinPath(copy, "lib", "ambient.d.ts");
  await workspace.fs.writeFile(declarations, new TextEncoder().encode(ambient));
  const stack = Uri.joinPath(copy, "lib", "orders-stack.ts");
  await window.showTextDocument(stack, { preview: false });
}
