import type { NewIntent } from "../../ledger/intent.ts";
import { OutboxError } from "../../outbox-error.ts";
import type { Added } from "../changes.ts";
import { number, optionalText, type Row, text } from "../row.ts";
import { stateOf } from "../rules/intents.ts";
import { CLOCK } from "./connection/clock.ts";
import type { Sql } from "./connection/sql.ts";
import { KNOWN, requireKnown } from "./tables/migrate.ts";

const IS_WITHIN = "txid_current()::text = $10";

/**
 * Adds intents with new IDs. It takes no lock that a sender waits for, because the transaction may be the caller's,
 * and take long. If the same row is added elsewhere at the same moment, either its ID or its key may conflict first.
 * @param schema quoted
 * @param within the number of the only transaction in which they may be added; any transaction if absent
 * @returns `elsewhere` if this was another transaction, and nothing was added
 */
export async function addIntents(
  sql: Sql,
  intents: readonly NewIntent[],
  schema: string,
  within?: string,
): Promise<Added[] | "elsewhere"> {
  const insert = `INSERT INTO ${schema}.outbox_intent
      (id, call, given, digest, body, key, "window", amount, findable, added_at, changed_at)
    SELECT *, ${CLOCK}, ${CLOCK} FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
      $7::bigint[], $8::bigint[], $9::integer[])
    WHERE (SELECT needs FROM ${schema}.outbox_ledger) <= ${KNOWN} ${within === undefined ? "" : `AND ${IS_WITHIN}`}
    ON CONFLICT DO NOTHING RETURNING id`;
  const rows = await sql.all(
    within === undefined
      ? insert
      : `WITH made AS (${insert})
         SELECT made.id, ${IS_WITHIN} AS is_within FROM (VALUES (1)) AS one LEFT JOIN made ON true`,
    intents.map(({ id }) => id),
    intents.map(({ call }) => call),
    intents.map(({ given }) => given),
    intents.map(({ digest }) => digest),
    intents.map(({ body }) => body),
    intents.map(({ key }) => key ?? null),
    intents.map(({ window }) => window ?? null),
    intents.map(({ amount }) => amount),
    intents.map(({ findable }) => (findable ? 1 : 0)),
    ...(within === undefined ? [] : [within]),
  );
  if (within !== undefined && rows[0]?.["is_within"] !== true) return "elsewhere";
  const fresh = new Set(rows.flatMap((row) => optionalText(row, "id") ?? []));
  if (fresh.size === intents.length) return intents.map(asAdded);
  const found = await sql.all(
    `SELECT id, state, call, digest, given FROM ${schema}.outbox_intent WHERE id = ANY ($1::text[])`,
    intents.map(({ id }) => id),
  );
  if (found.length === 0) {
    const [ledger] = await sql.all(`SELECT needs FROM ${schema}.outbox_ledger`);
    requireKnown(number(ledger, "needs"));
  }
  const known = new Map(found.map((row) => [text(row, "id"), row]));
  // Of two with the same ID, the first was added.
  return intents.map((intent) => (fresh.delete(intent.id) ? asAdded(intent) : compared(intent, known)));
}

function asAdded({ id, call, given }: NewIntent): Added {
  return { id, outcome: "added", state: "pending", call, given };
}

function compared({ id, call, digest }: NewIntent, rows: ReadonlyMap<string, Row>): Added {
  const known = rows.get(id);
  if (known === undefined) {
    throw new OutboxError(
      `${id} is being added by another transaction, which this one cannot see. Try again.`,
    );
  }
  return {
    id,
    outcome: text(known, "digest") === digest && text(known, "call") === call ? "known" : "differs",
    state: stateOf(known),
    call: text(known, "call"),
    given: text(known, "given"),
  };
}
