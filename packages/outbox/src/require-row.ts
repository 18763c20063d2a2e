import type { Intent } from "./ledger/intent.ts";
import { OutboxError } from "./outbox-error.ts";

/**
 * The row with an ID.
 * @param rows the outbox or its store
 * @throws OutboxError if there is none
 */
export async function requireRow(
  rows: { find(id: string): Promise<Intent | undefined> },
  id: string,
): Promise<Intent> {
  const intent = await rows.find(id);
  if (intent === undefined) throw new OutboxError(`There is no row with the ID ${JSON.stringify(id)}.`);
  return intent;
}
