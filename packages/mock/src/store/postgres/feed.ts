import { isObject } from "@dots-payouts/openapi";
import type { Client, Pool } from "pg";
import { toRecorded } from "../recorded.ts";
import type { Forgotten, Recorded } from "../store.ts";

/** A message from one mock to the others: that it recorded a request or, without an ID, what it has forgotten. */
export interface Notice {
  /** The sending mock. */
  readonly origin: string;
  readonly id?: number;
  /** The namespace that was forgotten. @default all */
  readonly namespace?: string;
}

export interface Feed {
  close(): void;
}

interface FeedOptions {
  readonly pool: Pool;
  /** Opens its own connection: a listening one can't come from a pool. */
  readonly connect: () => Client;
  readonly channel: string;
  /** The listening mock. It ignores its own messages. */
  readonly origin: string;
  /** The newest row that is already known. */
  readonly since: number;
  /** Called for each request of another mock, and for what one forgets. */
  readonly told: (news: Recorded | Forgotten) => void;
}

/** Milliseconds until a lost connection is reopened. */
const PAUSE = 1_000;

/** Milliseconds between keep-alives: a database can disappear silently. */
const HEARTBEAT = 15_000;

/** Rows that were already reported, so that none is reported twice. */
const MOST_SEEN = 10_000;

/** Listens for what other mocks record, until it is closed. Whatever it missed is reported later. */
export function followRequests({ pool, connect, channel, origin, since, told }: FeedOptions): Feed {
  const rows = unseenRows(since, told);
  let client: Client | undefined;
  let lose = () => {};
  let closed = false;

  /** Reports rows. If the database is down, they are queried again once it is back. */
  const fetch = async (condition: string, value: unknown) => {
    const sql = `SELECT id, namespace, entry FROM dots_mock_requests WHERE ${condition} AND origin <> $2 ORDER BY id`;
    rows.tell((await pool.query(sql, [value, origin])).rows);
  };
  const hear = (payload: string | undefined) => {
    const notice = parseNotice(payload);
    if (notice === undefined || notice.origin === origin) return;
    const { id, namespace } = notice;
    if (id === undefined) told({ forgotten: namespace === undefined ? "all" : { namespace } });
    else fetch("id = $1", id).catch(() => lose());
  };
  const listen = async () => {
    if (closed) return;
    const next = connect();
    client = next;
    let lost = false;
    lose = () => {
      if (lost || closed) return;
      lost = true;
      next.end().catch(() => {});
      setTimeout(() => void listen(), PAUSE).unref();
    };
    next.on("error", lose);
    next.on("end", lose);
    next.on("notification", ({ payload }) => hear(payload));
    try {
      await next.connect();
      await next.query(`LISTEN ${next.escapeIdentifier(channel)}`);
      await fetch("id > $1", rows.newest());
    } catch {
      lose();
    }
  };
  const heartbeat = setInterval(() => {
    client?.query("SELECT 1").catch(() => lose());
  }, HEARTBEAT).unref();
  void listen();

  return {
    close() {
      closed = true;
      clearInterval(heartbeat);
      client?.end().catch(() => {});
    },
  };
}

/** Reports each row once. */
function unseenRows(since: number, told: FeedOptions["told"]) {
  const seen = new Set<number>();
  let newest = since;
  return {
    newest: () => newest,
    tell(rows: readonly Readonly<Record<string, unknown>>[]) {
      for (const row of rows) {
        const [recorded] = toRecorded(row);
        if (recorded === undefined || seen.has(recorded.entry.id)) continue;
        const { id } = recorded.entry;
        seen.add(id);
        newest = Math.max(newest, id);
        const [oldest] = seen.size > MOST_SEEN ? seen : [];
        if (oldest !== undefined) seen.delete(oldest);
        told(recorded);
      }
    },
  };
}

/** Anyone with access to the database may send anything on the channel. */
function parseNotice(payload: string | undefined): Notice | undefined {
  try {
    const value: unknown = JSON.parse(payload ?? "");
    if (!isObject(value) || typeof value["origin"] !== "string") return undefined;
    const { origin, id, namespace } = value;
    return {
      origin,
      ...(typeof id === "number" ? { id } : {}),
      ...(typeof namespace === "string" ? { namespace } : {}),
    };
  } catch {
    return undefined;
  }
}
