import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { openLedger } from "./server.ts";

const run = promisify(execFile);

/** Ways in which Next may keep what a handler of a route fetches. */
const ROUTES: Readonly<Record<string, readonly [method: "GET" | "POST", segment: string]>> = {
  post: ["POST", ""],
  "default-cache": ["POST", 'export const fetchCache = "default-cache";'],
  revalidated: ["POST", "export const revalidate = 60;"],
  get: ["GET", 'export const dynamic = "force-dynamic";'],
};

/** Builds an app with the client and calls its routes, each twice. What went wrong. */
export async function tryNext(app: string): Promise<string[]> {
  for (const [name, [method, segment]] of Object.entries(ROUTES)) {
    const folder = join(app, "app/api", name);
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, "route.js"),
      `import { pay } from "../../../pay.js";\n${segment}\nexport async function ${method}() {\n  return pay();\n}\n`,
    );
  }
  const ledger = await openLedger();
  const env = { ...process.env, DOTS_URL: ledger.url, NEXT_TELEMETRY_DISABLED: "1", CI: "1" };
  const next = join(app, "node_modules/next/dist/bin/next");
  let server: ChildProcess | undefined;
  try {
    await run(process.execPath, [next, "build"], { cwd: app, env, timeout: 300_000 });
    // What is made while it is built is made by mistake.
    const problems =
      ledger.amounts.length > 0 ? [`${ledger.amounts.length} payouts were made by the build`] : [];
    const port = await freePort();
    server = spawn(process.execPath, [next, "start", "-p", String(port), "-H", "127.0.0.1"], {
      cwd: app,
      env,
    });
    await new Promise<void>((resolve, reject) => {
      server?.stdout?.on("data", (text) => /Ready in/.test(String(text)) && resolve());
      server?.once("exit", (code) => reject(new Error(`next start ended with ${code}`)));
    });
    for (const [name, [method]] of Object.entries(ROUTES)) {
      ledger.amounts.length = 0;
      for (const _ of ["first", "second"]) {
        const response = await fetch(`http://127.0.0.1:${port}/api/${name}`, { method });
        const answer = await response.text();
        if (answer !== "[[100,100],[200,200],[300,300]]")
          problems.push(`${name}: ${response.status} ${answer}`);
      }
      const made = ledger.amounts.join();
      if (made !== "100,200,300,100,200,300") problems.push(`${name}: what was made is ${made}`);
    }
    return problems;
  } finally {
    server?.kill();
    ledger.server.close();
    ledger.server.closeAllConnections();
    for (const made of ["app", ".next", "pay.js"]) {
      await rm(join(app, made), { recursive: true, force: true });
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
