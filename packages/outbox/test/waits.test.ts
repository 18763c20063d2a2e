import { expect, it } from "vitest";
import { person } from "./api/rows.ts";
import { inBothStores } from "./both-stores.ts";

const MINUTE = 60_000;

inBothStores((start) => {
  it("shows when a wait that the API asked for ends, and keeps to it for at most an hour at a time", async () => {
    await using bench = await start({
      behave: ({ n }) => (n === 0 ? "limit" : "answer"),
      retryAfter: 86_400,
    });
    const outbox = await bench.open();
    await outbox.addAll([person(1), person(2)]);
    expect((await outbox.status()).waits).toBeUndefined();
    const { stopped } = await outbox.run({ concurrency: 1 });
    const waits = /^The API asks everyone to wait until (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)/;
    expect(stopped?.message).toMatch(waits);
    expect(stopped?.message).toMatch(/The next request can be sent in 60 minutes\. Run resume then$/);
    const status = await outbox.status();
    expect(status.waits).toMatch(waits);
    const until = Date.parse(waits.exec(status.waits ?? "")?.[1] ?? "");
    expect(Math.abs(until - Date.now() - 60 * MINUTE)).toBeLessThan(MINUTE);
    bench.clock.ahead += 61 * MINUTE;
    expect((await outbox.run()).counts.accepted.rows).toBe(2);
  });

  it("explains that rows wait because the clock went back", async () => {
    await using bench = await start({ behave: ({ n }) => (n === 1 ? "fail" : "answer") });
    const outbox = await bench.open();
    bench.clock.ahead += 120 * MINUTE;
    await outbox.add(person(1));
    await outbox.run();
    bench.clock.ahead = 0;
    await outbox.add(person(2));
    const { stopped, counts } = await outbox.run();
    expect([counts.accepted.rows, counts.sending.rows]).toEqual([1, 1]);
    expect(stopped?.message).toMatch(/^The store's clock went back by 1\d\d minutes/);
    expect((await outbox.status()).waits).toMatch(/^The store's clock went back/);
    bench.clock.ahead += 121 * MINUTE;
    expect((await outbox.run()).counts.accepted.rows).toBe(2);
  });
});
