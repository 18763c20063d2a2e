import type { Check } from "../checks/check.ts";
import type { Permissions } from "../suite/permissions.ts";
import type { Suite } from "../suite/suite.ts";

const DELIVERS =
  "the request would make the server write to a person, which only happens on this machine or with --allow-deliveries";
const LARGE = "the request has a large value in it, which is not sent to a production server";

/** Why a check cannot be exercised; `undefined` where it can. */
export function whyUnable(check: Check, suite: Suite, permissions: Permissions): string | undefined {
  if (check.unable !== undefined) return check.unable;
  if (check.large === true && !permissions.large) return LARGE;
  const tested = suite.operations.find(({ operation }) => operation.id === check.operation);
  const delivering = check.bodies?.some((body) => tested?.body?.delivers(body) === true);
  return delivering === true && !permissions.deliveries ? DELIVERS : undefined;
}
