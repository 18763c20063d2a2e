import type { Behavior } from "../reference/server.ts";
import { type Faults, overlooks, replies } from "./fault.ts";

const takes = (name: string): Behavior => ({
  ...overlooks(({ instancePath }) => instancePath === `/${name}`),
  found: (found) => (found.status === 400 ? { status: 200, body: { has_more: false, data: [] } } : found),
});

/** How a list reacts to query parameters that break their schemas. */
export const parametersFaults: Faults = {
  "accepts any string as a user's ID": takes("user_id"),
  "accepts 7 as a boolean": takes("reverse_order"),
  "accepts a day that does not exist": takes("start_date"),
  "accepts any string as a time": takes("end_date"),
  "accepts any string as a limit": takes("limit"),
  "accepts any string as a cursor": takes("starting_after"),
  "fails on a malformed parameter": replies("refused", (reply) => ({ ...reply, status: 500 })),
  "refuses a malformed parameter with 401": replies("refused", (reply) => ({ ...reply, status: 401 })),
};
