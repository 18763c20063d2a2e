// A worker of the benchmark. Its argument is JSON with its options.
import { Dots } from "@dots-payouts/client";
import { openOutbox } from "@dots-payouts/outbox";

const { store, baseUrl, concurrency }: { store: string; baseUrl: string; concurrency: number } = JSON.parse(
  process.argv[2] ?? "",
);
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
const outbox = await openOutbox({ store, dots: new Dots({ baseUrl, clientId: "id", apiKey: "key" }) });
await outbox.work({ concurrency, signal: stop.signal });
await outbox.close();
