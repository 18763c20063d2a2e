import type { IncomingMessage, ServerResponse } from "node:http";
import type { Core } from "../core.ts";
import type { JournalEntry } from "../store/journal-entry.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";

/**
 * The journal as server-sent events (HTML §9.2): `mock` at the start, with an ID that lets a reconnecting reader notice
 * a different mock; `request` for each entry, `cleared` when some or all are forgotten, and `delivery` for each event
 * and each attempt to send it.
 */
export interface EventStream {
  /** Sends what is newer than `Last-Event-ID` or `?since`, and then each entry as it comes. */
  open(
    message: IncomingMessage,
    response: ServerResponse,
    query: URLSearchParams,
    namespace: string | undefined,
  ): void;
  close(): void;
}

/** Milliseconds between keep-alives, so that no intermediary considers the stream dead. */
const HEARTBEAT = 15_000;

/** Milliseconds after which a reader that lost the connection tries again: a mock is often restarted. */
const RETRY = 1_000;

/** A reader with this many unread bytes is disconnected: they would fill the memory. */
const MOST_UNREAD = 16_777_216;

export function createEventStream(core: Core, webhooks: Webhooks): EventStream {
  const { journal } = core;
  const open = new Set<ServerResponse>();
  const mock = crypto.randomUUID();
  return {
    open(message, response, query, namespace) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(`retry: ${RETRY}\nevent: mock\ndata: ${mock}\n\n`);
      const since = Number(message.headers["last-event-id"] ?? query.get("since") ?? Number.NaN);
      const known = namespace === undefined ? journal.entries : journal.entriesOf(namespace);
      for (const entry of known) if (entry.id > since) response.write(event(entry));
      const isWanted = core.isIn(namespace);
      const write = (text: string) => {
        if (response.writableLength > MOST_UNREAD) response.destroy();
        else response.write(text);
      };
      const endOfDeliveries = webhooks.subscribe((owned) => {
        if (isWanted(owned.namespace)) write(`event: delivery\ndata: ${JSON.stringify(owned.delivery)}\n\n`);
      });
      const end = journal.subscribe((news) => {
        if ("forgotten" in news) write("event: cleared\ndata: {}\n\n");
        else if (namespace === undefined || journal.isOf(news, namespace)) write(event(news.entry));
      });
      const heartbeat = setInterval(() => response.write(": alive\n\n"), HEARTBEAT).unref();
      open.add(response);
      response.on("close", () => {
        end();
        endOfDeliveries();
        clearInterval(heartbeat);
        open.delete(response);
      });
    },
    close() {
      for (const response of open) response.destroy();
    },
  };
}

function event(entry: JournalEntry): string {
  return `id: ${entry.id}\nevent: request\ndata: ${JSON.stringify(entry)}\n\n`;
}
