import type { Behaviour } from "../reference/server.ts";
import { type Faults, overlooks, replies } from "./fault.ts";

const takes = (name: string): Behaviour => ({
  ...overlooks(({ instancePath }) => instancePath === `/${name}`),
  found: (found) => (found.status === 400 ? { status: 200, body: { has_more: false, data: [] } } : found),
});

/** How a list reacts to query parameters that break their schemas. */
export const parametersFaults: Faults = {
  "takes any text for the ID of a user": takes("user_id"),
  "takes 7 for a boolean": takes("reverse_order"),
  "takes a day that no month has": takes("start_date"),
  "takes any text for the end of a time": takes("end_date"),
  "takes any text for a limit": takes("limit"),
  "takes any text for a cursor": takes("starting_after"),
  "fails on a malformed parameter": replies("refused", (reply) => ({ ...reply, status: 500 })),
  "refuses a malformed parameter with 401": replies("refused", (reply) => ({ ...reply, status: 401 })),
};
