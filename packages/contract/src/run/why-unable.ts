import type { Check } from "../checks/check.ts";
import type { Permissions } from "../suite/permissions.ts";
import type { Suite } from "../suite/suite.ts";

const DELIVERS =
  "the request would make the server message a person, which only happens on this machine or with --allow-deliveries";
const LARGE = "the request has a large value, which is not sent to a production server";

/** Why a check cannot be exercised; `undefined` if it can. */
export function whyUnable(check: Check, suite: Suite, permissions: Permissions): string | undefined {
  if (check.unable !== undefined) return check.unable;
  if (check.large === true && !permissions.large) return LARGE;
  if (permissions.deliveries) return undefined;
  const own = (check.bodies ?? []).map((body) => ({ operation: check.operation, body }));
  const delivering = [...own, ...(check.elsewhere ?? [])].some(({ operation: id, body }) =>
    suite.operations.some(({ operation, body: known }) => operation.id === id && known?.delivers(body)),
  );
  return delivering || isAboutDelivery(check, suite) ? DELIVERS : undefined;
}

/** Whether a check is about an operation that always messages a person. */
function isAboutDelivery(check: Check, suite: Suite): boolean {
  return suite.operations.some(
    ({ operation }) =>
      operation.delivers &&
      (operation.id === check.operation || check.place.startsWith(`${operation.pointer}/`)),
  );
}
