/**
 * APIs that the application imports by the id of an API of its own: `HttpApi.fromHttpApiAttributes(this, "Same",
 * { httpApiId: api.apiId })`, the usual way to spread one API over several stacks. Both are one API. The id may also go
 * through a parameter of SSM or an exported output of the same application.
 */
import type { AbstractValue, ExternValue } from "../../interpreter/core/values";
import { argument, callProps, classOf, methodCall } from "../library-value";
import { textOf } from "./handler-file";
import type { Calls } from "./program";
import { madeOf } from "./traces";

const imports =
  /^cdk\.(aws_apigatewayv2\.HttpApi\.fromHttpApiAttributes|aws_apigateway\.\w*RestApi\.fromRestApi(?:Id|Attributes))$/;
const madeApi =
  /^cdk\.(aws_apigatewayv2\.(HttpApi|CfnApi)|aws_apigateway\.(RestApi|LambdaRestApi|StepFunctionsRestApi|SpecRestApi|CfnRestApi))$/;

/** The API that the application makes, by each import of it. */
export function ownImports(calls: Calls): ReadonlyMap<ExternValue, ExternValue> {
  const stored = storedValues(calls);
  const found = new Map<ExternValue, ExternValue>();
  for (const call of calls.all) {
    if (!imports.test(classOf(call) ?? "")) continue;
    const id = importedId(call);
    const api = id && originalOf(id, stored);
    if (api) found.set(call, api);
  }
  return found;
}

/** The id that an import is given. */
function importedId(call: ExternValue): AbstractValue | undefined {
  const { slots } = callProps(call, 2);
  return (
    slots.get("httpApiId")?.value ?? slots.get("restApiId")?.value ?? argument(call, 2, "restApiId")
  );
}

/** The one API of the application whose id a value is. */
function originalOf(
  id: AbstractValue,
  stored: ReadonlyMap<string, AbstractValue>,
): ExternValue | undefined {
  const isMade = (value: ExternValue): boolean => madeApi.test(classOf(value) ?? "");
  const direct = madeOf(id, isMade);
  if (direct.length > 0) return direct.length === 1 ? direct[0] : undefined;
  const [reading] = madeOf(id, (value) => storedName(value) !== undefined);
  const value = reading && stored.get(storedName(reading) ?? "");
  const [api, ...others] = value ? madeOf(value, isMade) : [];
  return others.length === 0 ? api : undefined;
}

/** What the application writes into parameters of SSM and exported outputs, by where it is read from. */
function storedValues(calls: Calls): ReadonlyMap<string, AbstractValue> {
  const stored = new Map<string, AbstractValue>();
  for (const call of calls.all) {
    const cls = classOf(call) ?? "";
    const { slots } = callProps(call, 2);
    const at = (name: string): string | undefined => textOf(slots.get(name)?.value);
    if (/^cdk\.aws_ssm\.(StringParameter|CfnParameter)$/.test(cls)) {
      const name = at("parameterName") ?? at("name");
      const value = slots.get("stringValue")?.value ?? slots.get("value")?.value;
      if (name !== undefined && value) stored.set(`parameter ${name}`, value);
    } else if (cls === "cdk.CfnOutput") {
      const name = at("exportName");
      const value = slots.get("value")?.value;
      if (name !== undefined && value) stored.set(`export ${name}`, value);
    }
  }
  return stored;
}

/** What is read: `Fn.importValue("X")`, `StringParameter.valueForStringParameter(this, "/x")` and its kin. */
function storedName(value: ExternValue): string | undefined {
  const cls = classOf(value) ?? "";
  if (cls === "cdk.Fn.importValue")
    return named("export", textOf(argument(value, 0, "sharedValue")));
  const method = methodCall(value)?.name ?? "";
  if (
    /\.StringParameter\.(valueForStringParameter|valueFromLookup|valueForTypedStringParameterV2)$/.test(
      cls,
    )
  )
    return named("parameter", textOf(argument(value, 1, "parameterName")));
  if (method === "fromStringParameterName")
    return named("parameter", textOf(argument(value, 2, "stringParameterName")));
  if (method === "fromStringParameterAttributes")
    return named("parameter", textOf(callProps(value, 2).slots.get("parameterName")?.value));
  return undefined;
}

function named(kind: "parameter" | "export", name: string | undefined): string | undefined {
  return name === undefined ? undefined : `${kind} ${name}`;
}
