import { expect, it } from "vitest";
import type { Behavior, FakeOptions } from "./api/fake-api.ts";
import { person, request } from "./api/rows.ts";
import { inBothStores } from "./both-stores.ts";

/** What the API does with each request in turn; the last entry applies to all further ones. */
function inTurn(...behaviors: Behavior[]) {
  return ({ n }: { readonly n: number }): Behavior =>
    behaviors[Math.min(n, behaviors.length - 1)] ?? "answer";
}

/** An API that does not return the caller's reference. */
const SILENT = (answer: object) => ({ ...answer, metadata: null });

const LABELLED = { ...person(3), body: { ...person(3).body, metadata: "order 3" } };

inBothStores((start) => {
  it("leaves a row to a person, with the reason, if the same wrong answer comes again", async () => {
    await using bench = await start({ behave: inTurn("answer", "mix-up") });
    const outbox = await bench.open();
    await outbox.addAll([person(1), person(2)]);
    const { alarms } = await outbox.run({ concurrency: 1 });
    expect(alarms).toBe(1);
    expect(bench.api.received).toHaveLength(3);
    const [made] = bench.api.made;
    expect(await outbox.find("invoice-2")).toMatchObject({
      state: "unresolved",
      object: undefined,
      alarm: `The API answered with ${made?.id}, which has the ID of invoice-1`,
    });
    expect(await outbox.find("invoice-1")).toMatchObject({ state: "accepted", alarm: undefined });
  });

  it("gives an object in another row's answer to the row that it belongs to", async () => {
    await using bench = await start({ behave: inTurn("lose", "mix-up", "drop"), hides: () => true });
    const outbox = await bench.open();
    await outbox.addAll([request(1), request(2)]);
    const { counts } = await outbox.run({ concurrency: 1 });
    expect(counts).toMatchObject({ accepted: { rows: 1 }, unresolved: { rows: 1 } });
    expect(bench.api.received).toHaveLength(2);
    const object = bench.api.made[0]?.id;
    expect(await outbox.find("invoice-1")).toMatchObject({ state: "accepted", object, alarm: undefined });
    expect(await outbox.find("invoice-2")).toMatchObject({
      state: "unresolved",
      alarm: expect.stringContaining("which has the ID of invoice-1"),
    });
  });

  it("accepts answers of an API that returns less, or something else, than was sent", async () => {
    const returned: Readonly<Record<string, NonNullable<FakeOptions["alter"]>>> = {
      "no reference": SILENT,
      "a text as reference": (answer) => ({ ...answer, metadata: text(answer.metadata) }),
      "no amount": ({ amount: _, ...answer }) => answer,
      "a text as amount": (answer) => ({ ...answer, amount: String(answer.amount) }),
      "a text that it has cut": (answer) => ({ ...answer, metadata: cut(answer.metadata) }),
      "only an ID": ({ id }) => ({ id }),
    };
    await using bench = await start();
    const outbox = await bench.open();
    let sent = 0;
    for (const [name, alter] of Object.entries(returned)) {
      bench.api.options = { ...bench.api.options, alter };
      await outbox.addAll(
        [person(1), request(2), LABELLED].map((row) => ({ ...row, id: `${name} ${row.id}` })),
      );
      const { counts, alarms } = await outbox.run();
      sent += 3;
      expect([name, counts.accepted.rows, alarms, bench.api.received.length]).toEqual([name, sent, 0, sent]);
    }
  });

  it("shows both of two rows with the same object, and asks the list whose it is", async () => {
    // The first answer is lost after it was carried out, and the second row gets the first one's object.
    await using bench = await start({ behave: inTurn("fail", "mix-up", "answer"), alter: SILENT });
    const outbox = await bench.open();
    await outbox.addAll([person(1), person(2)]);
    await outbox.run({ concurrency: 1 });
    const object = bench.api.made[0]?.id;
    expect(await outbox.find("invoice-1")).toMatchObject({
      state: "unresolved",
      alarm: `The API returned ${object} for it, as it had before for invoice-2`,
    });
    expect(await outbox.find("invoice-2")).toMatchObject({
      state: "accepted",
      alarm: `The API also returned ${object} for invoice-1`,
    });
    // By now the list shows references.
    bench.api.options = { ...bench.api.options, alter: (answer) => answer };
    await outbox.readBack();
    expect(await outbox.find("invoice-1")).toMatchObject({ state: "accepted", object });
    expect(await outbox.find("invoice-2")).toMatchObject({
      alarm: expect.stringContaining(
        `${object} belongs to invoice-1, so it is unknown whether this row was paid`,
      ),
    });
    // What is found for the second row later is not a second payout.
    const alarms = await outbox.find("invoice-2");
    await outbox.readBack();
    expect(await outbox.find("invoice-2")).toEqual(alarms);
  });
});

// What they depend on in PostgreSQL, the tests above depend on too.
inBothStores(
  (start) => {
    it("ignores an answer with another row's reference, and sends the row again with its key", async () => {
      await using bench = await start({ behave: inTurn("answer", "mix-up", "answer") });
      const outbox = await bench.open();
      await outbox.addAll([person(1), person(2)]);
      const { counts, alarms } = await outbox.run({ concurrency: 1 });
      expect([counts.accepted.rows, alarms]).toEqual([2, 0]);
      const [, second, third] = bench.api.received;
      expect(third?.text).toBe(second?.text);
      for (const id of ["invoice-1", "invoice-2"]) {
        expect(await outbox.find(id)).toMatchObject({ object: bench.api.madeFor(id)[0]?.id });
      }
    });

    it("ignores an answer with another amount if it has no reference", async () => {
      await using bench = await start({
        behave: inTurn("answer", "mix-up", "answer"),
        alter: SILENT,
      });
      const outbox = await bench.open();
      await outbox.addAll([person(1, 1_000), person(2, 2_000)]);
      const { counts, alarms } = await outbox.run({ concurrency: 1 });
      expect([counts.accepted.rows, alarms]).toEqual([2, 0]);
      expect(await outbox.find("invoice-2")).toMatchObject({ object: bench.api.made[1]?.id });
      expect(await outbox.history("invoice-2")).toContainEqual(
        expect.objectContaining({
          event: "answer",
          detail: `The API answered with ${bench.api.made[0]?.id} with the amount 1000, but 2000 was sent`,
        }),
      );
    });

    it("ignores an answer with another text than the one that was sent", async () => {
      await using bench = await start({ behave: inTurn("answer", "mix-up", "answer") });
      const outbox = await bench.open();
      const other = { ...person(4), body: { ...person(4).body, metadata: "order 4" } };
      await outbox.addAll([LABELLED, other]);
      await outbox.run({ concurrency: 1 });
      expect(await outbox.find("invoice-4")).toMatchObject({
        state: "accepted",
        object: bench.api.made[1]?.id,
        alarm: undefined,
      });
    });

    it("accepts an object that is certainly ours even with another amount, with an alarm", async () => {
      await using bench = await start({ alter: (answer) => ({ ...answer, amount: 900 }) });
      const outbox = await bench.open();
      await outbox.add(person(1));
      expect(await outbox.run()).toMatchObject({ requests: 1, alarms: 1, counts: { accepted: { rows: 1 } } });
      expect(await outbox.find("invoice-1")).toMatchObject({
        alarm: `The API created ${bench.api.made[0]?.id} with the amount 900, but 1000 was sent`,
      });
    });
  },
  { isSampled: true },
);

function text(metadata: unknown): unknown {
  return typeof metadata === "string" ? metadata : JSON.stringify(metadata);
}

function cut(metadata: unknown): unknown {
  return typeof metadata === "string" ? metadata.slice(0, 5) : metadata;
}
