import { type ExtensionContext, Uri, window, workspace } from "vscode";

/** So that TypeScript does not underline what is not installed beside the example. */
const ambient = `declare var __dirname: string;
declare module "node:path";
declare module "constructs" {
  export class Construct {
    constructor(...given: any[]);
  }
}
declare module "aws-cdk-lib" {
  export class App {
    constructor(...given: any[]);
  }
  export class Stack {
    constructor(...given: any[]);
  }
  export interface StackProps {
    readonly [name: string]: any;
  }
  export const Duration: any;
}
declare module "aws-cdk-lib/aws-lambda" {
  export class Function {
    constructor(...given: any[]);
    readonly [name: string]: any;
  }
  export const Code: any;
  export const Runtime: any;
}
declare module "aws-cdk-lib/*";
declare module "aws-lambda" {
  export type APIGatewayProxyEventV2 = any;
  export type APIGatewayProxyResultV2 = any;
}
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
