import type { Core } from "../core.ts";
import { filterEntries } from "../journal/journal-filter.ts";
import type { Endpoint } from "./endpoint.ts";
import type { EventStream } from "./event-stream.ts";

/** The requests that came, and the end of all that is remembered of them. */
export function journalEndpoints(core: Core, events: EventStream): readonly Endpoint[] {
  return [
    {
      method: "GET",
      path: "/requests",
      answer: ({ query }) => filterEntries(core.journal.entries, query),
    },
    {
      method: "GET",
      path: "/events",
      answer: ({ message, response, query }) => events.open(message, response, query),
    },
    { method: "DELETE", path: "/state", answer: () => core.reset() },
  ];
}
