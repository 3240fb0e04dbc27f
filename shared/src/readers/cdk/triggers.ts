/** What calls a function other than HTTP: queues, schedules, events, other services. */
import type { ExternValue } from "../../interpreter/core/values";
import { classOf, methodCall } from "../library-value";
import type { Calls } from "./program";
import { madeOf } from "./traces";

/** Constructs that take a function and let something other than an HTTP request call it. */
const triggers =
  /aws_events_targets\.|aws_scheduler_targets|aws_stepfunctions_tasks\.|\.LambdaInvoke$|Authorizer$|aws_s3_notifications\.|aws_sns_subscriptions\.|aws_lambda_event_sources\.|aws_lambda_destinations\.|custom_resources\.|\.CustomResource$|aws_ses_actions\.|aws_logs_destinations\.|aws_cognito\.|aws_kinesisfirehose|aws_iot_actions|\.Trigger(Function)?$|EdgeFunction|aws_appsync\.|aws_cloudwatch_actions\./;

const methods = /^(addEventSource|addEventSourceMapping|addTrigger|configureAsyncInvoke)$/;

/** The functions among these that something other than HTTP calls. */
export function triggeredFunctions(
  calls: Calls,
  functions: ReadonlySet<ExternValue>,
): Set<ExternValue> {
  const found = new Set<ExternValue>();
  for (const call of calls.all) {
    const method = methodCall(call);
    if (method && methods.test(method.name) && functions.has(method.on)) found.add(method.on);
    const called = classOf(call) ?? "";
    if (functions.has(call) || !(triggers.test(called) || (method && methods.test(method.name))))
      continue;
    if (call.made.by !== "call") continue;
    const { positional, named } = call.made.args;
    for (const arg of [...positional, ...[...named.values()].map((slot) => slot.value)]) {
      for (const fn of madeOf(arg, (value) => functions.has(value))) found.add(fn);
    }
  }
  return found;
}
