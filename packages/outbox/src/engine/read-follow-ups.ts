import { seenFollowUp } from "../api/follow-ups.ts";
import type { FollowUp } from "../api/kinds.ts";
import type { SeenFollowUp } from "../ledger/follow-up.ts";
import { OutboxError } from "../outbox-error.ts";
import type { Context } from "./context.ts";

/** Reads back what the API has since created from our objects. */
export async function readFollowUps(context: Context): Promise<void> {
  const { reader, store, serverClock } = context;
  for (const followUp of followUpsIn(context)) {
    const seen = new Set<string>();
    let after: string | undefined;
    do {
      const page = await reader.page(followUp, after);
      serverClock.tell(page.date);
      await store.foldFollowUps(
        page.items.flatMap((item) => seenFollowUp(item, followUp) ?? []),
        serverClock.read(),
      );
      after = page.next;
      if (after !== undefined && seen.has(after))
        throw new OutboxError(`The list of ${followUp.name} does not end.`);
      if (after !== undefined) seen.add(after);
    } while (after !== undefined);
  }
}

/** The follow-ups of all kinds of objects. */
function followUpsIn({ api }: Pick<Context, "api">): FollowUp[] {
  return [...new Set(api.calls.map(({ kind }) => kind.name))].flatMap(
    (name) => api.calls.find(({ kind }) => kind.name === name)?.kind.followUps ?? [],
  );
}

/** Reads one of them, if it exists. */
export async function readFollowUp(context: Context, kind: string, id: string): Promise<SeenFollowUp[]> {
  const [first, ...others] = followUpsIn(context).filter(({ name }) => name === kind);
  if (first?.read === undefined) return [];
  const item = await context.reader.read(first, id);
  return [first, ...others].flatMap((followUp) => seenFollowUp(item, followUp) ?? []).slice(0, 1);
}
