import type { Outbox } from "../../src/index.ts";
import type { FakeApi } from "../api/fake-api.ts";

export interface Judgement {
  /** IDs for which more than one object was created. */
  readonly paidTwice: string[];
  /** IDs without a decision at the end. */
  readonly forgotten: string[];
  /** IDs with a wrong state. */
  readonly wrong: string[];
  readonly states: Record<string, number>;
}

/** Lets a person settle what is left, and compares everything with what the API has created. */
export async function judge(
  api: FakeApi,
  outbox: Outbox,
  rows: readonly { readonly id: string }[],
): Promise<Judgement> {
  for await (const { id } of outbox.list("unresolved")) {
    const made = api.madeFor(id);
    // A person who looks sees the truth.
    await outbox.settle(id, made.length > 0 ? "paid" : "not-paid", { who: "test" });
  }
  const [paidTwice, forgotten, wrong] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const states: Record<string, number> = {};
  const known = new Set<string>();
  for await (const intent of outbox.list()) {
    const made = api.madeFor(intent.id);
    const { id, state } = intent;
    known.add(id);
    states[state] = (states[state] ?? 0) + 1;
    if (made.length > 1) paidTwice.add(id);
    if (state === "pending" || state === "sending" || state === "unresolved") forgotten.add(id);
    const isPaid = state === "accepted" || state === "settled-paid";
    if (isPaid !== made.length > 0) wrong.add(id);
    if (state === "accepted" && !made.some((one) => one.id === intent.object)) wrong.add(id);
  }
  for (const { id } of rows) if (!known.has(id)) forgotten.add(id);
  for (const id of [...paidTwice, ...forgotten, ...wrong].slice(0, 3)) {
    console.error(id, await outbox.find(id), await outbox.history(id), api.madeFor(id));
    console.error(api.received.filter(({ reference }) => reference === id));
  }
  return { paidTwice: [...paidTwice], forgotten: [...forgotten], wrong: [...wrong], states };
}
