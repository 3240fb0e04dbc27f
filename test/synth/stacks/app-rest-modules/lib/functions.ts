import * as path from "node:path";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { Runtime } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import { Construct } from "constructs";

interface FunctionsProps {
  readonly table: Table;
}

export class Functions extends Construct {
  readonly list: NodejsFunction;
  readonly create: NodejsFunction;

  constructor(scope: Construct, id: string, { table }: FunctionsProps) {
    super(scope, id);
    this.list = this.make("list");
    this.create = this.make("create");
    table.grantReadData(this.list);
    table.grantReadWriteData(this.create);
  }

  private make(name: string): NodejsFunction {
    return new NodejsFunction(this, name, {
      entry: path.join(__dirname, "..", "src", `${name}.ts`),
      runtime: Runtime.NODEJS_22_X,
    });
  }
}
