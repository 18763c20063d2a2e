import { Dots } from "@dots-payouts/client";
import { Bench } from "../api/bench.ts";
import { person, request } from "../api/rows.ts";
import { harm, refused, type Scenario, type Source } from "./scenarios.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Objects of others that were created at once, days ago: more than a page of a list. */
function addOld(bench: Bench): void {
  for (let n = 0; n < 120; n += 1) {
    bench.api.made.push({
      id: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
      kind: "payoutRequest",
      created: Date.now() - 4 * DAY,
      amount: 1,
      reference: undefined,
      metadata: {},
      status: "created",
    });
  }
}

/** A row without a key whose answer was lost, and that the list does not show before its sender has ended. */
async function lost(
  source: Source,
  bench: Bench,
  row: { id: string; call: string; body: unknown } = request(1),
) {
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.addAll([row]);
  bench.api.options = { ...bench.api.options, behave: () => "lose", hides: () => true };
  await outbox.run();
  bench.api.options = { ...bench.api.options, behave: () => "answer", hides: () => false };
  bench.clock.ahead += HOUR;
  return outbox;
}

/** The list of another client does not show what the first client sent. */
export const settledByOthers: Scenario = async (source) => {
  await using bench = await Bench.start();
  await lost(source, bench);
  bench.api.options = { ...bench.api.options, hides: () => true };
  const dots = new Dots({ baseUrl: bench.api.url, clientId: "somebody else", apiKey: "key" });
  const other = await bench.open({ dots }, source.openOutbox);
  await refused(source, () => other.settle("invoice-1", "not-paid", { who: "test" }));
  return await harm(bench, other);
};

/** A list that starts with the oldest, where a whole page was created in one second. */
export const settledByFirstPage: Scenario = async (source) => {
  await using bench = await Bench.start({ newestFirst: false });
  addOld(bench);
  const outbox = await lost(source, bench);
  await refused(source, () => outbox.settle("invoice-1", "not-paid", { who: "test" }));
  return await harm(bench, outbox);
};

/** The same list, read by a store that was started over. */
export const sentAfterFirstPage: Scenario = async (source) => {
  await using bench = await Bench.start({ newestFirst: false });
  addOld(bench);
  const first = await bench.open({}, source.openOutbox);
  await first.add(request(1));
  await first.run();
  const second = await bench.open({ store: `${bench.store}-new` }, source.openOutbox);
  await second.add(request(1));
  await second.run();
  return await harm(bench, second);
};

/** Empty pages in the middle of a list. */
export const settledByEmptyPage: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await lost(source, bench);
  bench.api.options = { ...bench.api.options, emptyPages: true };
  await refused(source, () => outbox.settle("invoice-1", "not-paid", { who: "test" }));
  return await harm(bench, outbox);
};

/** Rows that the list can't show, next to one that it does. */
export const settledUnseen: Scenario = async (source) => {
  await using bench = await Bench.start();
  const first = await bench.open({}, source.openOutbox);
  await first.add(request(2));
  await first.run();
  const outbox = await lost(source, bench, {
    ...request(1),
    body: { ...request(1).body, metadata: "order 1" },
  });
  const { moved } = await outbox.settleAllAsNotPaid({ who: "test" });
  return moved.length > 0 ? "a row that the list cannot show was settled by the list" : undefined;
};

/** A list that has lost every reference. */
export const settledByBlankList: Scenario = async (source) => {
  await using bench = await Bench.start();
  const first = await bench.open({}, source.openOutbox);
  await first.addAll([request(2), person(3)]);
  await first.run();
  const outbox = await lost(source, bench);
  bench.api.options = { ...bench.api.options, hides: ({ kind }) => kind === "payoutRequest" };
  await outbox.settleAllAsNotPaid({ who: "test" });
  return await harm(bench, outbox);
};
