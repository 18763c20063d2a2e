import { describe, expect, it } from "vitest";
import { Bench } from "./api/bench.ts";
import { person, request } from "./api/rows.ts";

const HOUR = 3_600_000;

describe("a person's decision", () => {
  it("is stored with name and time", async () => {
    await using bench = await Bench.start({ behave: () => "drop" });
    const outbox = await bench.open();
    await outbox.addAll([request(1), request(2)]);
    await outbox.run();
    await outbox.settle("invoice-1", "paid", { who: "ann", note: "seen in the dashboard", object: "po_1" });
    bench.clock.ahead += HOUR;
    await outbox.settle("invoice-2", "not-paid", { who: "bob" });
    expect(await outbox.find("invoice-1")).toMatchObject({ state: "settled-paid", object: "po_1" });
    expect((await outbox.history("invoice-1")).at(-1)).toMatchObject({
      event: "settled-paid",
      detail: "A person found that it was paid: seen in the dashboard",
      who: "ann",
    });
    expect((await outbox.history("invoice-2")).at(-1)).toMatchObject({
      event: "settled-not-paid",
      who: "bob",
    });
  });

  it("has to wait until the last request can no longer be carried out", async () => {
    await using bench = await Bench.start({ behave: () => "drop" });
    const outbox = await bench.open();
    await outbox.add(request(1));
    await outbox.run();
    await expect(outbox.settle("invoice-1", "not-paid", { who: "ann" })).rejects.toThrow(
      "The last request for invoice-1 may still be carried out. Try again in 1 minute.",
    );
  });

  it("is overruled by facts: a payout that is found is accepted", async () => {
    await using bench = await Bench.start({ behave: () => "lose", hides: () => true });
    const outbox = await bench.open();
    await outbox.add(request(1));
    await outbox.run();
    bench.clock.ahead += HOUR;
    await outbox.settle("invoice-1", "not-paid", { who: "ann" });
    bench.api.options = { ...bench.api.options, hides: () => false };
    await outbox.readBack();
    expect(await outbox.find("invoice-1")).toMatchObject({ state: "accepted" });
  });

  it("sends a refused row again, corrected and with a new key", async () => {
    await using bench = await Bench.start({ behave: ({ n }) => (n === 0 ? "refuse" : "answer") });
    const outbox = await bench.open();
    await outbox.add(person(1));
    await outbox.run();
    bench.clock.ahead += HOUR;
    await outbox.retry("invoice-1", { body: person(1, 2_000).body, who: "ann" });
    await outbox.run();
    const [first, second] = bench.api.received;
    expect(second?.key).not.toBe(first?.key);
    expect(bench.api.made).toMatchObject([{ amount: 2_000 }]);
    expect(await outbox.find("invoice-1")).toMatchObject({ state: "accepted", generation: 1, amount: 2_000 });
    const kept = (await outbox.history("invoice-1")).find(({ event }) => event === "content");
    expect(kept?.detail).toContain('"amount":1000');
  });

  it("is checked against the spec", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    const { body } = person(1);
    // @ts-expect-error A list makes nothing.
    await expect(outbox.add({ id: "a", call: "payoutLinks.list", body: {} })).rejects.toThrow("no call");
    // @ts-expect-error The amount is missing.
    await expect(outbox.add({ id: "a", call: "payouts.send", body: { payee: body.payee } })).rejects.toThrow(
      "/amount",
    );
    await outbox.add({ id: "a", call: "payoutLinks.create", body });
  });

  it("refuses other content for an ID, and shows both", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.add(person(1));
    await expect(outbox.add(person(1, 5))).rejects.toThrow(/Before: .*1000.* Now: .*"amount":5/);
  });
});

describe("a store that was restored", () => {
  it("can be used again after recover, which leaves the rest to a person", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.addAll([person(1), person(2)]);
    await outbox.run({ maxTotal: 1_000 });
    expect(await outbox.recover({ who: "ann" })).toBe(1);
    expect(await outbox.find("invoice-1")).toMatchObject({ state: "accepted" });
    expect(await outbox.find("invoice-2")).toMatchObject({ state: "unresolved" });
    bench.clock.ahead += HOUR;
    const { moved } = await outbox.settleAllAsNotPaid({ who: "ann" });
    expect(moved).toMatchObject([{ id: "invoice-2", to: "settled-not-paid" }]);
    await outbox.retry("invoice-2", { who: "ann" });
    await outbox.run({ maxTotal: null });
    expect(bench.api.made).toHaveLength(2);
  });
});

describe("an ID that the API lists for another call", () => {
  it("is not sent by a store that was started over", async () => {
    await using bench = await Bench.start();
    const first = await bench.open();
    await first.add({ ...person(1), call: "payoutLinks.create" });
    await first.run();
    const second = await bench.open({ store: `${bench.store}-new` });
    await second.add(request(1));
    const { alarms } = await second.run();
    expect(alarms).toBe(1);
    expect(await second.find("invoice-1")).toMatchObject({ state: "unresolved" });
    expect(bench.api.made).toHaveLength(1);
  });
});

describe("what happened to a payout", () => {
  it("includes the transfers that it led to", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.addAll([person(1), person(2)]);
    await outbox.run();
    const [first] = bench.api.madeFor("invoice-1");
    if (first === undefined) throw new Error("nothing was made");
    first.status = "claimed";
    const transfer = {
      id: "5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c12",
      payout_link_id: first.id,
      status: "pending",
    };
    const own = {
      ...transfer,
      id: "5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c13",
      type: "balance",
      status: "completed",
    };
    bench.api.transfers.push({ ...transfer, type: "payout" }, own);
    await outbox.readBack();
    expect(await outbox.find("invoice-1")).toMatchObject({ fate: "claimed, transfer pending" });
    expect(await outbox.find("invoice-2")).toMatchObject({ fate: "created" });
    for (const each of bench.api.transfers) each.status = "completed";
    await outbox.readBack();
    expect(await outbox.find("invoice-1")).toMatchObject({
      state: "accepted",
      fate: "claimed, transfer completed",
    });
    expect(await outbox.fates()).toMatchObject([
      { fate: "claimed, transfer completed", rows: 1 },
      { fate: "created", rows: 1 },
    ]);
    expect(await outbox.alarms()).toEqual([]);
  });
});

describe("an event", () => {
  it("makes the outbox read the resource, and is not trusted itself", async () => {
    await using bench = await Bench.start({ behave: () => "lose", hides: () => true });
    const outbox = await bench.open();
    await outbox.add(request(1));
    await outbox.run();
    const [made] = bench.api.made;
    const resource = { kind: "payoutRequest", id: made?.id ?? "" };
    await outbox.apply({ deliveryId: "msg_1", resource: { kind: "payoutRequest", id: "made-up" } });
    expect(await outbox.find("invoice-1")).toMatchObject({ state: "unresolved" });
    await Promise.all(
      ["msg_2", "msg_2", "msg_3"].map((deliveryId) => outbox.apply({ deliveryId, resource })),
    );
    expect(await outbox.find("invoice-1")).toMatchObject({ state: "accepted", object: made?.id });
  });
});
