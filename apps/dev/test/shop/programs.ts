/** Uses the methods of the client, as a caller writes them. Compiles only if they have the shop's types. */
export const TYPED = `import { Dots, type Order, type Step } from "./src/index.ts";

const dots = new Dots({ baseUrl: "http://127.0.0.1:9", clientId: "a", apiKey: "b" });
export async function program(): Promise<void> {
  const order: Order = await dots.orders.get("6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51");
  const page = await dots.orders.list();
  const next: string | null = page.next;
  await dots.orders.list({ limit: 2, fields: ["id"], ...(next === null ? {} : { after: next }) });
  const changed: Order = await dots.orders.change(order.id, { metadata: { a: 1 } }, { timeout: 5 });
  await dots.orders.cancel(changed.id);
  await dots.orders.create({ amount: 1, reference: "A-1" });
  const step: Step = "face-to-face";
  // @ts-expect-error an ID is needed
  await dots.orders.get();
  // @ts-expect-error a limit is a number
  await dots.orders.list({ limit: "2" });
  // @ts-expect-error only what the operation takes may be sent
  await dots.orders.change(order.id, { metadataa: step });
}
`;

/** Goes through the life of an order with client and contract suite, at the mock of a URL, and prints what it saw. */
export const LIFE = `import { runContract } from "../../../packages/contract/dist/index.mjs";
import { Dots } from "../../../packages/client/dist/index.mjs";

const [url] = process.argv.slice(2);
const dots = new Dots({ baseUrl: url, clientId: "client", apiKey: "key", maxRetries: 0 });
const status = (call) => call.then(() => 0, (error) => error.status);
const order = await dots.orders.create({ amount: 1000, reference: "A-1" });
const other = await dots.orders.create({ amount: 1000 });
const read = await dots.orders.get(order.id);
const page = await dots.orders.list({ limit: 1 });
const rest = await dots.orders.list({ limit: 1, after: page.next });
const changed = await dots.orders.change(order.id, { metadata: "changed" });
await dots.orders.cancel(order.id);
const after = await dots.orders.get(order.id);
const canceled = await dots.orders.list({ state: "canceled" });
const report = await runContract({ url, username: "client", password: "key", seed: 1, quick: true, only: ["createOrder"] });
// The mock of \`pnpm start\` takes any credentials.
const failed = report.checks.filter(
  ({ id, status }) => status === "failed" && !/\\/(authenticates|idempotency\\/stranger)/.test(id),
);
const ids = report.checks.map(({ id }) => id);
console.log(
  JSON.stringify({
    read: JSON.stringify(read) === JSON.stringify(order),
    listed: page.data[0].id === other.id && rest.data[0].id === order.id,
    filtered: canceled.data.length === 1 && canceled.data[0].id === order.id,
    changed: changed.metadata,
    reference: read.reference,
    canceled: after.status,
    unknown: await status(dots.orders.get("00000000-0000-4000-8000-000000000000")),
    short: await status(dots.orders.create({ amount: 1, note: "a" })),
    contract: {
      failed: failed.map(({ id, detail }) => [id, detail]),
      resources: ids.filter((id) => id.includes("/resources/")).sort(),
      refusesShort: ids.some((id) => id.startsWith("createOrder/refuses/note")),
    },
  }),
);
`;
