import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Driver, DriverOptions } from "./driver.ts";

const BIN = fileURLToPath(new URL("../../bin/dots-mock.js", import.meta.url));

/** A `dots-mock` in a separate process, which can be killed at any moment. */
export async function inOwnProcess({
  webhookUrl,
  webhookSecret,
  store,
  now,
}: DriverOptions): Promise<Driver> {
  const args = ["--port", "0", "--quiet", "--webhook-url", webhookUrl, "--webhook-secret", webhookSecret];
  if (store !== undefined) args.push("--store", store);
  if (now !== undefined) args.push("--now", now.toISOString());
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  const end = async (signal: "SIGKILL" | "SIGTERM") => {
    child.kill(signal);
    await closed;
  };
  let text = "";
  for await (const chunk of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const url = /listens on (\S+)\n/.exec(text)?.[1];
    if (url !== undefined) return { url, kill: () => end("SIGKILL"), close: () => end("SIGTERM") };
  }
  throw new Error(`The mock did not start: ${text}`);
}
