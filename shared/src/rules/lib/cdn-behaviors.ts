/** CloudFront behaviours through which pages of other origins reach an API. */
import type { Api, CorsModel, FrontDoor } from "../../model/model";
import type { Fix, Safety } from "../../finding";
import { handlersOf, policiesOf, sendsAllowOrigin } from "../../model/query/platform";
import { alternatives, branches } from "../../model/value";

/** The behaviours to judge: CORS is configured or sent behind them, and the pages come from elsewhere. */
export function crossOriginDoors(model: CorsModel): readonly { api: Api; door: FrontDoor }[] {
  return model.apis.flatMap((api) => {
    const cors = policiesOf(api).length > 0 || handlersOf(api, model).some(sendsAllowOrigin);
    const doors = cors && api.notForBrowsers === undefined ? api.frontDoors : [];
    return doors.filter((door) => !door.servesPages).map((door) => ({ api, door }));
  });
}

/** Whether the API's answer hangs on the request's Origin: an HTTP API with a policy, several REST origins, an echo. */
export function answersByOrigin(api: Api, model: CorsModel): boolean {
  const policies = policiesOf(api);
  const lists = policies.flatMap((policy) => alternatives(policy.allowOrigins?.value));
  if (api.kind !== "rest" && policies.length > 0) {
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
  door: FrontDoor,
  option: "allowedMethods" | "originRequestPolicy" | "cachePolicy",
  member: string,
  safety: Safety = "safe",
): readonly Fix[] {
  const { block } = door;
  if (block === undefined) return [];
  return [
    {
      title: `Set ${option} to ${member}`,
      safety,
      edits: [{ kind: "setBehavior", block, option, member }],
    },
  ];
}
