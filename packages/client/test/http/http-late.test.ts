import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { client, failure, PAYEE } from "../client.ts";
import { openLedger, status } from "../ledger.ts";

const BODY = { amount: 1000, payee: PAYEE };
const PATH = "/v2/payouts/send-payout";

/** Passes requests on later, when the test says so. */
function openQueue(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

it("a middleware cannot send a request whose call has failed with not_sent", async () => {
  const { url, bodies } = await openLedger();
  const dots = client(url);
  const { opened, open } = openQueue();
  let late: Promise<unknown> | undefined;
  dots.http.use({
    onRequest({ options, request }) {
      late = opened.then(() => options.fetch(request));
      throw new Error("the queue is full");
    },
  });
  expect(await failure(dots.http.POST(PATH, { body: BODY }))).toMatchObject({ outcome: "not_sent" });
  open();
  await expect(late).rejects.toThrow("the call has ended");
  expect(bodies).toEqual([]);
});

it("a middleware cannot send a request again whose call was rejected, nor one that was successful", async () => {
  const { url, bodies, fates } = await openLedger();
  fates.push(status(429));
  const dots = client(url, { maxRetries: 0 });
  const { opened, open } = openQueue();
  const late: Promise<unknown>[] = [];
  dots.http.use({
    async onRequest({ options, request }) {
      const copy = request.clone();
      late.push(opened.then(() => options.fetch(copy)));
      return options.fetch(request);
    },
  });
  expect(await failure(dots.http.POST(PATH, { body: BODY }))).toMatchObject({ outcome: "rejected" });
  await dots.http.POST(PATH, { body: BODY });
  open();
  for (const sending of late) await expect(sending).rejects.toThrow("the call has ended");
  await turn();
  expect(bodies).toHaveLength(2);
});
