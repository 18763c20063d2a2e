import { rmSync } from "node:fs";
import { join } from "node:path";
import { Dots } from "@dots-payouts/client";
import { startMock } from "@dots-payouts/mock";
import { expect, it } from "vitest";
import { openOutbox } from "../src/index.ts";
import { person, request } from "./api/bench.ts";
import { scratchFolder } from "./api/scratch.ts";

it("knows what became of everything that it sent to the mock", async () => {
  const folder = scratchFolder("outbox-mock");
  await using mock = await startMock({ port: 0 });
  const dots = new Dots({ baseUrl: mock.url, clientId: "id", apiKey: "key" });
  const outbox = await openOutbox({ store: join(folder, "run.db"), dots });
  try {
    const links = [1, 2, 3].map((n) => ({ ...person(n), call: "payoutLinks.create" }));
    await outbox.addAll([...links, person(4), request(5)]);
    expect((await outbox.run()).counts.accepted.rows).toBe(5);
    await dots.payoutLinks.cancel((await outbox.find("invoice-2"))?.object ?? "");
    await dots.payoutLinks.cancel((await outbox.find("invoice-3"))?.object ?? "");
    const resource = { kind: "payoutLink", id: (await outbox.find("invoice-3"))?.object ?? "" };
    await outbox.apply({ deliveryId: "msg_1", resource });
    expect(await outbox.find("invoice-3")).toMatchObject({ fate: "canceled" });
    await outbox.readBack();
    for await (const { id, call, object, fate } of outbox.list()) {
      const now =
        call === "payoutRequests.create"
          ? await dots.payoutRequests.retrieve(object ?? "")
          : await dots.payoutLinks.retrieve(object ?? "");
      expect({ id, fate }).toEqual({ id, fate: now.status });
    }
    expect((await outbox.history("invoice-3")).map(({ event }) => event)).toContain("fate");
  } finally {
    await outbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
