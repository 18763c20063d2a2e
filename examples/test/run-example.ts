import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** An example in a separate process that runs until the test ends. */
export interface Running {
  readonly url: string;
  readonly child: ChildProcess;
  /** Its output so far. */
  readonly printed: () => string;
}

/** Starts an example on a free port, with any credentials. */
export async function runExample(file: string, env: Readonly<Record<string, string>>): Promise<Running> {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const child = spawn(process.execPath, [path], {
    env: { ...process.env, PORT: "0", DOTS_CLIENT_ID: "client-id", DOTS_API_KEY: "api-key", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let text = "";
  const port = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      text += chunk;
      const [, found] = /listening on .*?(?:port: |:)(\d+)/s.exec(text) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("exit", () => reject(new Error(`${file} ended: ${text}`)));
  });
  return { url: `http://127.0.0.1:${port}`, child, printed: () => text };
}
