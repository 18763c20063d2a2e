import { type ContractOptions, runContract } from "../../src/index.ts";
import { delivering, type Tamper, WEBHOOK_SECRET } from "../reference/delivering.ts";
import { PASSWORD, startReference, USERNAME } from "../reference/server.ts";

/** Checks the deliveries of the reference server. */
export async function checkDeliveries(tamper?: Tamper, options: Partial<ContractOptions> = {}) {
  let receiver = "";
  await using server = await startReference(delivering(() => receiver, tamper));
  return await runContract({
    url: server.url,
    username: USERNAME,
    password: PASSWORD,
    seed: 1,
    webhookListen: "0",
    webhookSecret: WEBHOOK_SECRET,
    webhookWait: 300,
    strict: true,
    cleanUp: false,
    only: ["/webhooks/"],
    onStart: ({ webhooks = "" }) => {
      receiver = webhooks;
    },
    ...options,
  });
}
