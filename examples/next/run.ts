import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, realpath, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { startMock } from "@dots-payouts/mock";
import { SECRET, signed } from "../test/signed.ts";

// Builds the routes among the examples with Next.js as it is installed here, and sends requests to them.

const here = import.meta.dirname;
const NEXT = join(here, "node_modules/next/dist/bin/next");

await installClient();
await rm(join(here, "app"), { recursive: true, force: true });
for (const example of ["payouts-next", "webhooks-next"]) {
  await cp(join(here, "..", example, "app"), join(here, "app"), { recursive: true });
}

const mock = await startMock();
const env = {
  ...process.env,
  NODE_ENV: "production" as const,
  NEXT_TELEMETRY_DISABLED: "1",
  DOTS_BASE_URL: mock.url,
  DOTS_CLIENT_ID: "client-id",
  DOTS_API_KEY: "api-key",
};
await promisify(execFile)(process.execPath, [NEXT, "build"], { cwd: here, env });
const server = spawn(process.execPath, [NEXT, "start", "--port", "0"], {
  cwd: here,
  env: { ...env, DOTS_WEBHOOK_SECRET: SECRET },
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  await tryRoutes(await urlOf(server));
} finally {
  server.kill();
  await mock.close();
}

async function tryRoutes(url: string): Promise<void> {
  const pay = async (invoice = "INV-17"): Promise<unknown> => {
    const response = await fetch(`${url}/api/payouts?invoice=${invoice}`, { method: "POST" });
    return response.json();
  };
  const answers = [await pay(), ...(await Promise.all([pay(), pay()])), await pay()];
  expect(
    "one payout, however often it is asked for",
    new Set(answers.map((one) => JSON.stringify(one))).size,
    1,
  );

  // Next.js puts a cache in front of fetch: it must not take one payout for another.
  const other = JSON.stringify(await pay("INV-18"));
  expect(
    "another payout for another invoice",
    answers.every((one) => JSON.stringify(one) !== other),
    true,
  );

  const made = mock.requests.find(({ path }) => path.endsWith("send-payout"));
  expect("the payout was made", made?.status, 201);
  const [, id] = /"payout":"([^"]+)"/.exec(JSON.stringify(answers[0])) ?? [];
  const body = JSON.stringify({ event: "payout_link.updated", payout_link_id: id });
  const post = async (headers: Record<string, string>): Promise<number> =>
    (await fetch(`${url}/api/webhooks`, { method: "POST", headers, body })).status;
  expect("a forged webhook", await post(signed(body, "msg_1", `whsec_${"A".repeat(32)}`)), 400);
  expect("a webhook", await post(signed(body, "msg_1")), 204);
  expect("the same again", await post(signed(body, "msg_1")), 204);
  expect("the link was read once", mock.requests.filter(({ path }) => path.endsWith(String(id))).length, 1);
}

function expect(name: string, actual: unknown, expected: unknown): void {
  console.log(
    `${actual === expected ? "ok    " : "FAILED"} ${name}${actual === expected ? "" : `: ${actual}`}`,
  );
  if (actual !== expected) process.exitCode = 1;
}

/** Where Next.js listens. */
async function urlOf(child: ChildProcess): Promise<string> {
  const ended = once(child, "exit").then(() => {
    throw new Error("next start has ended");
  });
  const listening = (async () => {
    for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
      const [url] = /http:\/\/localhost:\d+/.exec(line) ?? [];
      if (url !== undefined) return url;
    }
    throw new Error("next start does not say where it listens");
  })();
  return Promise.race([listening, ended]);
}

/** Puts the built client where npm would, with what it depends on. */
async function installClient(): Promise<void> {
  const client = await realpath(join(here, "../node_modules/@dots-payouts/client"));
  const modules = join(here, "node_modules");
  const copy = (from: string, name: string): Promise<void> =>
    cp(from, join(modules, name), { recursive: true, dereference: true, force: true });
  for (const part of ["dist", "package.json"]) {
    await copy(join(client, part), `@dots-payouts/client/${part}`);
  }
  const require = createRequire(join(client, "package.json"));
  for (const name of ["openapi-fetch", "standardwebhooks"]) {
    const folder = await realpath(join(client, "node_modules", name));
    await copy(folder, name);
    const { dependencies = {} } = require(join(folder, "package.json"));
    // pnpm puts them next to it.
    const beside = name.includes("/") ? dirname(dirname(folder)) : dirname(folder);
    for (const dependency of Object.keys(dependencies)) await copy(join(beside, dependency), dependency);
  }
}
