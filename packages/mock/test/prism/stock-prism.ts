import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { freePort } from "../free-port.ts";
import { raw } from "../raw.ts";

const require = createRequire(import.meta.url);
const BUNDLE = require.resolve("@dots-payouts/spec/openapi.json");
const PRISM = join(dirname(require.resolve("@stoplight/prism-cli")), "index.js");

/** Prism in a separate process, started in the usual way. */
export interface StockPrism {
  readonly url: string;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startStockPrism(): Promise<StockPrism> {
  const port = await freePort();
  const child = spawn(process.execPath, [PRISM, "mock", BUNDLE, "--port", String(port), "-v", "silent"], {
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url, child))) await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    url,
    async [Symbol.asyncDispose]() {
      const closed = once(child, "close");
      child.kill("SIGTERM");
      await closed;
    },
  };
}

/** Whether something listens there yet: a silent Prism does not report it. */
async function answers(url: string, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`Prism ended with ${child.exitCode}`);
  return raw(url, ["GET / HTTP/1.1\r\nhost: prism\r\nconnection: close\r\n\r\n"]).then(
    (text) => text !== "",
    () => false,
  );
}
