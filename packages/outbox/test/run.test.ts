import { describe, expect, it } from "vitest";
import { Bench, person } from "./api/bench.ts";

describe("a run", () => {
  it("sends everybody once", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.addAll([1, 2, 3, 4, 5].map((n) => person(n)));
    const summary = await outbox.run();
    expect(summary).toMatchObject({ stopped: undefined, requests: 5, alarms: 0 });
    expect(summary.counts.accepted).toEqual({ rows: 5, amount: 5_000 });
    expect(bench.api.made).toHaveLength(5);
    const one = await outbox.find("invoice-3");
    expect(one).toMatchObject({ state: "accepted", object: bench.api.madeFor("invoice-3")[0]?.id });
  });

  it("sends what was added again not again", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.add(person(1));
    await outbox.run();
    expect(await outbox.add(person(1))).toMatchObject({ outcome: "known", state: "accepted" });
    await outbox.run();
    expect(bench.api.received).toHaveLength(1);
  });

  it("sends the same bytes again when the answer was lost", async () => {
    await using bench = await Bench.start({ behave: ({ n }) => (n === 0 ? "lose" : "answer") });
    const outbox = await bench.open();
    await outbox.add(person(1));
    const summary = await outbox.run();
    expect(summary.counts.accepted.rows).toBe(1);
    expect(bench.api.received.map(({ text }) => text)).toEqual([
      bench.api.received[0]?.text,
      bench.api.received[0]?.text,
    ]);
    expect(bench.api.made).toHaveLength(1);
  });
});
