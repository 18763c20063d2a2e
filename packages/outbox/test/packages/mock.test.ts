import { createHmac, randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Dots } from "@dots-payouts/client";
import { verifyWebhook } from "@dots-payouts/client/webhooks";
import { startMock } from "@dots-payouts/mock";
import { expect, it } from "vitest";
import { person, request } from "../api/rows.ts";
import { scratchFolder } from "../api/scratch.ts";
import { openOutbox } from "./built.ts";

const SECRET = `whsec_${randomBytes(24).toString("base64")}`;

/** The headers of a webhook, signed like the API does. */
function signed(id: string, body: string): Record<string, string> {
  const time = String(Math.floor(Date.now() / 1_000));
  const key = Buffer.from(SECRET.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${time}.${body}`).digest("base64");
  return { "svix-id": id, "svix-timestamp": time, "svix-signature": `v1,${signature}` };
}

it("knows what happened to everything that it sent to the mock", async () => {
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
    const resource = { id: (await outbox.find("invoice-3"))?.object ?? "" };
    // The event has another status than the API. The API is trusted.
    const body = JSON.stringify({
      event: "payout_link.updated",
      payout_link_id: resource.id,
      status: "claimed",
    });
    await outbox.apply(verifyWebhook(signed("msg_1", body), body, SECRET));
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
