import { expect, it } from "vitest";
import { Bench } from "./api/bench.ts";
import { person, request } from "./api/rows.ts";
import { inBothStores } from "./both-stores.ts";

/** PostgreSQL can't store the first, and UTF-8 has no form for the second. */
const ODD = "\u0000\ud800";

/** What they are replaced with. */
const MARKS = "\ufffd\ufffd";

inBothStores((start) => {
  it("stores a refusal, whatever characters its text has", async () => {
    await using bench = await start({
      behave: ({ reference }) => (reference === "invoice-1" ? "refuse" : "answer"),
      says: `The memo may not hold ${ODD}`,
    });
    const outbox = await bench.open();
    await outbox.addAll([person(1), person(2)]);
    expect(await outbox.run()).toMatchObject({
      stopped: undefined,
      counts: { accepted: { rows: 1 }, refused: { rows: 1 } },
    });
    expect((await outbox.find("invoice-1"))?.reason).toContain(`The memo may not hold ${MARKS}`);
  });

  it("accepts payouts with IDs and states that no database can keep, or no index", async () => {
    const odd: Readonly<Record<string, object>> = {
      "odd-state": { status: `created${ODD}` },
      "odd-id": { id: `id${ODD}` },
      "long-id": { id: noise(9_000) },
    };
    await using bench = await start({
      alter: (answer) => ({ ...answer, ...odd[referenceOf(answer.metadata)] }),
    });
    const outbox = await bench.open();
    await outbox.addAll(Object.keys(odd).map((id, n) => ({ ...person(n), id })));
    expect(await outbox.run()).toMatchObject({ stopped: undefined, counts: { accepted: { rows: 3 } } });
    await outbox.readBack();
    const fates = { "odd-state": `created${MARKS}`, "odd-id": "created", "long-id": "created" };
    for (const [id, fate] of Object.entries(fates)) {
      expect(await outbox.find(id)).toMatchObject({ state: "accepted", fate, alarm: undefined });
    }
    await outbox.add(request(4));
    expect((await outbox.run()).requests).toBe(1);
  });

  it("reads a list, whatever references of others it contains", async () => {
    await using bench = await start();
    const outbox = await bench.open();
    await outbox.add(person(1));
    await outbox.run();
    const [made] = bench.api.made;
    const metadata = { outbox_id: `invoice-1${ODD}`, outbox_digest: ODD };
    if (made !== undefined) bench.api.made.push({ ...made, id: "of-another", metadata });
    await outbox.add(person(2));
    expect(await outbox.run()).toMatchObject({ alarms: 0, counts: { accepted: { rows: 2 } } });
  });

  it("refuses IDs that no database can store, by name, and adds nothing", async () => {
    await using bench = await start();
    const outbox = await bench.open();
    for (const id of ["a\u0000", "a\ud800", "a\udc00b"]) {
      const rows = [person(1), { ...person(2), id }];
      await expect(outbox.addAll(rows)).rejects.toThrow(`The ID ${JSON.stringify(id)} contains characters`);
      expect(await outbox.find(id)).toBeUndefined();
      expect((await outbox.compare([{ ...person(2), id }])).differ).toBe(0);
    }
    await expect(outbox.add({ ...person(2), id: noise(501) })).rejects.toThrow(
      "is longer than 500 characters",
    );
    expect((await outbox.add({ ...person(3), id: "ö".repeat(500) })).outcome).toBe("added");
  });
});

it("refuses an amount that is too large to be stored exactly", async () => {
  await using bench = await Bench.start();
  const outbox = await bench.open();
  await expect(outbox.add(person(1, 2 ** 60))).rejects.toThrow(
    "invoice-1: 1152921504606847000 is too large to be kept exactly",
  );
  expect((await outbox.counts()).pending.rows).toBe(0);
});

function referenceOf(metadata: unknown): string {
  const isObject = typeof metadata === "object" && metadata !== null;
  return isObject && "outbox_id" in metadata ? String(metadata.outbox_id) : "";
}

/** Letters and digits that an index can't compress. */
function noise(length: number): string {
  return Array.from({ length }, (_, n) => ((n * 7_919 + ((n * n) % 101)) % 36).toString(36)).join("");
}
