// Works on a store in PostgreSQL until SIGTERM, or until it is killed. Its argument is a file with its options.
import { readFileSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Dots } from "@dots-payouts/client";

export interface FleetChildOptions {
  readonly store: string;
  readonly baseUrl: string;
  /** The proxy that its requests go through. */
  readonly via: string;
  /** How far the clock of this process is ahead of the machine's, in milliseconds. */
  readonly ahead: number;
  readonly concurrency: number;
  readonly perSecond: number;
  readonly times: Record<string, number>;
  /** The package's entry file. @default that of the source */
  readonly entry?: string | undefined;
}

const options: FleetChildOptions = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
const entry = options.entry ?? fileURLToPath(new URL("../../src/index.ts", import.meta.url));
const { openOutbox }: typeof import("../../src/index.ts") = await import(pathToFileURL(entry).href);
// A killed worker would not keep its compiled code.
flushCompileCache();
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
// Before this, SIGTERM would end the process at once.
process.stdout.write("ready\n");
const outbox = await openOutbox({
  store: options.store,
  dots: new Dots({
    baseUrl: options.baseUrl,
    clientId: "client",
    apiKey: "key",
    fetch: (url, init) => fetch(String(url).replace(options.baseUrl, options.via), init),
    fetchSendsOnce: true,
  }),
  times: options.times,
  clock: { wall: () => Date.now() + options.ahead, monotonic: () => performance.now() },
});
const { stopped } = await outbox.work({
  concurrency: options.concurrency,
  perSecond: options.perSecond,
  signal: stop.signal,
  beat: 500,
  tend: 1_000,
});
await outbox.close();
// A worker that ends by itself reports why.
if (stopped.by !== "signal") console.error(stopped.message);
process.exitCode = stopped.by === "signal" ? 0 : 3;
