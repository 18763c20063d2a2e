import type { Core } from "../core.ts";
import { filterEntries } from "../journal/journal-filter.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import type { Endpoint } from "./endpoint.ts";
import type { EventStream } from "./event-stream.ts";

/** Lists the requests, and resets the mock. */
export function journalEndpoints(core: Core, events: EventStream, webhooks: Webhooks): readonly Endpoint[] {
  return [
    {
      method: "GET",
      path: "/requests",
      answer: ({ query, namespace }) =>
        filterEntries(
          namespace === undefined ? core.journal.entries : core.journal.entriesOf(namespace),
          query,
        ),
    },
    {
      method: "GET",
      path: "/events",
      answer: ({ message, response, query, namespace }) => events.open(message, response, query, namespace),
    },
    {
      method: "DELETE",
      path: "/state",
      answer({ namespace }) {
        webhooks.clear(core.isIn(namespace));
        return core.reset(namespace);
      },
    },
  ];
}
