import { Bench } from "./api/bench.ts";
import { person, request } from "./api/rows.ts";

/** A store with a paid row, `invoice-1`, and a row whose answer was lost, `lost`. */
export async function paidAndLost(options: { readonly store?: string } = {}): Promise<Bench> {
  const bench = await Bench.start({ behave: ({ reference }) => (reference === "lost" ? "drop" : "answer") });
  const outbox = await bench.open(options);
  await outbox.add(person(1));
  await outbox.add({ ...request(2), id: "lost" });
  await outbox.run();
  return bench;
}

/**
 * Statements that the tables of such a store refuse, whatever the code does.
 * @param more additional columns of an attempt in one of the databases, with their values
 */
export function refusedStatements(
  more: Readonly<Record<string, string>> = {},
): readonly (readonly [name: string, sql: string, problem: RegExp])[] {
  const attempt = (intent: string, key: string, started: string): string => {
    const columns = ["intent", "generation", "key", '"window"', "client", "first_at", "started", "deadline"];
    const values = [intent, "0", key, "100", "'c'", "0", started, "0"];
    const allColumns = [...columns, ...Object.keys(more)].join(", ");
    return `INSERT INTO outbox_attempt (${allColumns}) VALUES (${[...values, ...Object.values(more)].join(", ")})`;
  };
  return [
    ["to undo a payment", "UPDATE outbox_intent SET state = 'refused' WHERE id = 'invoice-1'", /stays paid/],
    [
      "a paid row without its object",
      "UPDATE outbox_intent SET object = NULL WHERE id = 'invoice-1'",
      /check/i,
    ],
    [
      "a second request without a key",
      attempt("(SELECT seq FROM outbox_intent WHERE id = 'lost')", "NULL", "0"),
      /unique/i,
    ],
    ["a key past its window", attempt("1", "'k'", "1000"), /check/i],
    [
      "to send again what may still be carried out",
      "UPDATE outbox_intent SET state = 'pending' WHERE id = 'lost'",
      /may still be carried out/,
    ],
    [
      "to call refused what may have been carried out",
      "UPDATE outbox_intent SET state = 'refused' WHERE id = 'lost'",
      /may still be carried out/,
    ],
    [
      "a new key without proof",
      "UPDATE outbox_intent SET generation = 1, key = 'k2' WHERE id = 'lost'",
      /needs proof/,
    ],
    [
      "other content under the same key",
      "UPDATE outbox_intent SET body = '{}' WHERE id = 'lost'",
      /content changes with the key/,
    ],
    ["to change the history", "UPDATE outbox_history SET event = 'x'", /only added to/],
    ["to shorten the history", "DELETE FROM outbox_history", /only added to/],
    ["to forget an attempt", "DELETE FROM outbox_attempt", /never deleted/],
    ["to forget a row", "DELETE FROM outbox_intent", /never deleted/],
    ["an unknown state", "UPDATE outbox_intent SET state = 'paid' WHERE id = 'lost'", /check/i],
  ];
}
