// Sends from a store until it is killed. Its argument is a file with its options.
import { readFileSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Dots } from "@dots-payouts/client";

export interface ChildOptions {
  readonly store: string;
  readonly baseUrl: string;
  readonly clientId: string;
  /** How far the clock of this process is ahead of the machine's, in milliseconds. */
  readonly ahead: number;
  readonly concurrency: number;
  readonly perSecond?: number;
  readonly times: Record<string, number>;
  /** The package's entry file. @default that of the source */
  readonly entry?: string | undefined;
  readonly rows: readonly { readonly id: string; readonly call: string; readonly body: unknown }[];
}

const options: ChildOptions = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
const { store, baseUrl, clientId, ahead, times, rows, concurrency } = options;
const entry = options.entry ?? fileURLToPath(new URL("../../src/index.ts", import.meta.url));
const { openOutbox }: typeof import("../../src/index.ts") = await import(pathToFileURL(entry).href);
// A killed sender would not keep its compiled code.
flushCompileCache();
const outbox = await openOutbox({
  store,
  dots: new Dots({ baseUrl, clientId, apiKey: "key" }),
  times,
  clock: { wall: () => Date.now() + ahead, monotonic: () => performance.now() },
});
console.log("opened");
// Like everybody who starts over.
await outbox.addAll(rows);
console.log("added");
try {
  let isSending = false;
  const onProgress = (): void => {
    if (!isSending) console.log("sending");
    isSending = true;
  };
  const summary = await outbox.run({ concurrency, perSecond: options.perSecond, onProgress });
  console.log(JSON.stringify({ counts: summary.counts, stopped: summary.stopped }));
} catch (error) {
  console.log(String(error));
  process.exitCode = 1;
}
await outbox.close();
