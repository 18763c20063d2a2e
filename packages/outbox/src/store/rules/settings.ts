import type { Reading } from "../../ledger/age.ts";
import { OutboxError } from "../../outbox-error.ts";
import { number, optionalNumber, optionalText, type Row, text } from "../row.ts";
import type { Entry, LimitChange, Limits, LogEntry } from "../settings.ts";
import { all, get, run, type Work } from "../work.ts";

/** The name of each limit in the log, and its column. */
const LIMITS = {
  perSecond: { name: "perSecond", event: "per-second", column: "per_second" },
  maxTotal: { name: "maxTotal", event: "max-total", column: "max_total" },
  maxAmount: { name: "maxAmount", event: "max-amount", column: "max_amount" },
} as const;

const EVENTS: readonly LogEntry["event"][] = [...Object.values(LIMITS).map(({ event }) => event), "client"];

/** The limits in a row of the settings. */
export function limitsOf(settings: Row | undefined): Limits {
  const limit = (name: keyof Limits) => optionalNumber(settings, LIMITS[name].column);
  return { perSecond: limit("perSecond"), maxTotal: limit("maxTotal"), maxAmount: limit("maxAmount") };
}

/** The client that sends from a store, in a row of the settings. */
export function clientOf(settings: Row | undefined): string | undefined {
  return optionalText(settings, "client");
}

/**
 * A sender starts. Its limits apply to every sender from now on.
 * @throws OutboxError if another client sends from this store
 */
export function* enter({ client, isNewClient, limits, who }: Entry, now: Reading): Work<Limits> {
  const settings = yield* get("SELECT * FROM outbox_setting");
  const known = clientOf(settings);
  if (known !== undefined && known !== client) {
    if (!isNewClient) throw new OutboxError(`${otherClient(known, client)}.`);
    yield* setClient(client, `${client}, before it ${known}`, who, now);
  }
  yield* change(limits, limitsOf(settings), who, now);
  return limitsOf(yield* get("SELECT * FROM outbox_setting"));
}

/** Before the first request of a store: from now on, its client is the one that sends. */
export function* pin(client: string, who: string, now: Reading): Work<void> {
  yield* setClient(client, client, who, now);
}

/** Why a client may not send from a store. */
export function otherClient(known: string, client: string): string {
  return (
    `This store sends as ${named(known)}, and these credentials are of ${named(client)} (digests of the client IDs). ` +
    "Another client pays from another account, where the same idempotency key may pay again. Use the credentials that " +
    "this store was started with or, if you want to use the other client, add --new-client (newClient: true in code)"
  );
}

/** Both belong to the store's base URL, so it would not distinguish them. */
function named(client: string): string {
  return client.replace(/^\S+ /, "");
}

/** The settings of a store as people changed them. */
export function* logOf(): Work<LogEntry[]> {
  return (yield* all("SELECT * FROM outbox_log ORDER BY n")).flatMap((row) => {
    const event = EVENTS.find((name) => name === row["event"]);
    return event === undefined
      ? []
      : [{ at: number(row, "at"), event, detail: text(row, "detail"), who: text(row, "who") }];
  });
}

function* setClient(client: string, detail: string, who: string, now: Reading): Work<void> {
  yield* run("UPDATE outbox_setting SET client = ?", client);
  yield* log("client", detail, who, now);
}

function* change(given: LimitChange, before: Limits, who: string, now: Reading): Work<void> {
  for (const { name, event, column } of Object.values(LIMITS)) {
    const value = given[name];
    if (value === undefined || (value ?? undefined) === before[name]) continue;
    yield* run(`UPDATE outbox_setting SET ${column} = ?`, value);
    yield* log(event, value === null ? "none" : String(value), who, now);
  }
}

function* log(event: LogEntry["event"], detail: string, who: string, now: Reading): Work<void> {
  yield* run(
    "INSERT INTO outbox_log (at, event, detail, who) VALUES (?, ?, ?, ?)",
    now.ledger,
    event,
    detail,
    who,
  );
}
