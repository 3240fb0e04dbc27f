/** CloudFront behaviours through which pages of other origins reach an API. */
import { apiTraits } from "../../model/kinds";
import type { Api, CorsModel, CloudFrontBehavior } from "../../model/model";
import type { Fix, Safety } from "../../finding";
import { handlersOf, policiesOf } from "../../model/query/platform";
import { sendsAllowOrigin } from "../../model/query/responses";
import { possibleLists, branches } from "../../model/value";

/** The behaviours to judge: CORS is configured or sent behind them, and the pages come from elsewhere. */
export function crossOriginBehaviors(
  model: CorsModel,
): readonly { api: Api; behavior: CloudFrontBehavior }[] {
  return model.apis.flatMap((api) => {
    const cors = policiesOf(api).length > 0 || handlersOf(api, model).some(sendsAllowOrigin);
    const behaviors = cors && api.notForBrowsers === undefined ? api.behaviors : [];
    return behaviors
      .filter((behavior) => !behavior.servesPages)
      .map((behavior) => ({ api, behavior }));
  });
}

/** Whether the API's answer hangs on the request's Origin: an HTTP API with a policy, several REST origins, an echo. */
export function answersByOrigin(api: Api, model: CorsModel): boolean {
  const policies = policiesOf(api);
  const lists = policies.flatMap((policy) => possibleLists(policy.allowOrigins?.value));
  if (apiTraits[api.kind].policyOnResponses !== "nothing" && policies.length > 0) {
    return !lists.some((list) => list.items.some((item) => item.value === "*"));
  }
  const echoes = handlersOf(api, model)
    .flatMap((handler) => handler.responses)
    .some((response) =>
      response.headers.some(
        ({ name, value }) =>
          name.toLowerCase() === "access-control-allow-origin" &&
          branches<string | number | boolean>(value).some(
            (branch) => branch.kind === "fromRequest",
          ),
      ),
    );
  return echoes || lists.some((list) => list.items.length > 1);
}

/** Sets an option of the behaviour to a member of its class. */
export function setBehavior(
  behavior: CloudFrontBehavior,
  option: "allowedMethods" | "originRequestPolicy" | "cachePolicy",
  member: string,
  safety: Safety = "safe",
): readonly Fix[] {
  const { block } = behavior;
  if (block === undefined) return [];
  return [
    {
      title: `Set ${option} to ${member}`,
      safety,
      edits: [{ kind: "setBehavior", block, option, member }],
    },
  ];
}
