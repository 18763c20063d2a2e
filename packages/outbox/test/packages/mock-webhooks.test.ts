import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Dots } from "@dots-payouts/client";
import { verifyWebhook } from "@dots-payouts/client/webhooks";
import { startMock } from "@dots-payouts/mock";
import { expect, it } from "vitest";
import { person, request } from "../api/rows.ts";
import { scratchFolder } from "../api/scratch.ts";
import { randomOf } from "../kill/random.ts";
import { openOutbox } from "./built.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

it("knows what happened to every payout from its events, in any order and number", async () => {
  const seed = Number(process.env["OUTBOX_SEED"] ?? Math.trunc(Math.random() * 2 ** 31));
  const random = randomOf(seed);
  const receiver = createServer(async (incoming, answer) => {
    const event = verifyWebhook(incoming.headers, await text(incoming), SECRET);
    await outbox.apply(event);
    answer.end();
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const { port } = receiver.address() as AddressInfo;
  await using mock = await startMock({
    port: 0,
    webhookUrl: `http://127.0.0.1:${port}`,
    webhookSecret: SECRET,
  });
  const dots = new Dots({ baseUrl: mock.url, clientId: "id", apiKey: "key" });
  const outbox = await openOutbox({ store: join(scratchFolder("outbox-events"), "run.db"), dots });
  await outbox.addAll([1, 2, 3, 4, 5, 6].flatMap((n) => [person(n), { ...request(n), id: `request-${n}` }]));
  await outbox.run();
  for (let round = 0; round < 4; round += 1) {
    mock.webhooks.hold();
    for (const { id } of await mock.resources()) {
      // A move of another resource may have moved this one.
      const moves = (await mock.resources()).find((resource) => resource.id === id)?.moves ?? [];
      const move = moves[Math.trunc(random() * moves.length * 1.5)];
      if (move !== undefined) await mock.move(id, move.name);
    }
    mock.webhooks.release({ reversed: true, times: 2 });
    await mock.webhooks.settled();
  }
  const transfers = await dots.transfers.list({ limit: 100 });
  const expected = new Map<string, Set<string>>();
  for await (const { id, object = "", call, fate } of outbox.list()) {
    const request = call === "payoutRequests.create" ? await dots.payoutRequests.retrieve(object) : undefined;
    // An approved request creates a link.
    const made = request?.["payout-link"] ?? undefined;
    const link =
      made?.id === undefined && request !== undefined
        ? undefined
        : await dots.payoutLinks.retrieve(made?.id ?? object);
    const status = request?.status ?? link?.status;
    expect({ seed, id, fate: fate?.split(", ")[0] }).toEqual({ seed, id, fate: status });
    const paid = transfers.data.filter(
      (transfer) => transfer.payout_link_id === link?.id && transfer.type === "payout",
    );
    const followed = request !== undefined && link !== undefined ? [`payoutLink ${link.status}`] : [];
    const states = paid.map((transfer) => `transfer ${transfer.status}`);
    expected.set(id, new Set([`${status}`, ...followed, ...states]));
  }
  await outbox.readBack();
  for await (const { id, fate = "" } of outbox.list()) {
    expect({ seed, id, fate: new Set(fate.split(", ")) }).toEqual({ seed, id, fate: expected.get(id) });
  }
  expect(await outbox.alarms()).toEqual([]);
  await outbox.close();
  receiver.close();
});
