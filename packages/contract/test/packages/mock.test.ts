import { startMock } from "@dots-payouts/mock";
import { expect, it } from "vitest";
import { runContract } from "../../src/index.ts";
import { WEBHOOK_SECRET } from "../reference/delivering.ts";
import { listen } from "../reference/listen.ts";
import { PASSWORD, USERNAME } from "../reference/server.ts";

const account = { username: USERNAME, password: PASSWORD };

it("the mock keeps all promises", async () => {
  const mock = await startMock({ ...account, port: 0 });
  const run = { ...account, url: mock.url, strict: true, cleanUp: false };
  const report = await runContract({ ...run, quick: true });
  // What the quick run leaves out. To replay each of its thousand keys once more would show nothing else.
  const store = await runContract({ ...run, only: ["/after-many"] });
  await mock.close();
  expect(store.causes).toEqual([]);
  expect(store.passed).toBe(1);
  expect(report.causes).toEqual([]);
  expect(report.refused).toBe(0);
  expect(report.passed).toBeGreaterThan(1_600);
  expect(report.checks.map(({ id }) => id)).toContain("sendPayout/idempotency/end-of-run");
});

it("the mock keeps all promises about deliveries", async () => {
  const webhookListen = String(await freePort());
  const mock = await startMock({
    ...account,
    port: 0,
    webhookUrl: `http://127.0.0.1:${webhookListen}`,
    webhookSecret: WEBHOOK_SECRET,
  });
  const report = await runContract({
    ...account,
    url: mock.url,
    strict: true,
    only: ["/webhooks/"],
    webhookListen,
    webhookSecret: WEBHOOK_SECRET,
  });
  await mock.close();
  expect(report.causes).toEqual([]);
  expect(report.checks.map(({ id }) => id)).toContain("onPayoutLinkUpdated/webhooks/subject");
});

async function freePort(): Promise<number> {
  await using server = await listen(() => {});
  return Number(new URL(server.url).port);
}
