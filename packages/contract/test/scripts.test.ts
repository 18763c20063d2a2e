import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as later } from "node:timers/promises";
import { promisify } from "node:util";
import { isObject } from "@dots-payouts/openapi";
import { expect, it } from "vitest";
import { overlooks } from "./faults/fault.ts";
import { type Behavior, PASSWORD, startReference, USERNAME } from "./reference/server.ts";
import { checkAt } from "./servers.ts";

const run = promisify(execFile);

/** The statuses and IDs that a script gets for the first cause of a run. */
async function repeat(behavior: Behavior, only: string) {
  const folder = await mkdtemp(join(tmpdir(), "contract-"));
  try {
    await using server = await startReference(behavior);
    const report = await checkAt(server.url, { only: [only], strict: true });
    const script = report.causes[0]?.script ?? "";
    const file = join(folder, "repeat.sh");
    await writeFile(file, script);
    const { stdout } = await run("sh", [file], {
      env: { ...process.env, DOTS_CLIENT_ID: USERNAME, DOTS_API_KEY: PASSWORD },
    });
    const ids = [...stdout.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id);
    const statuses = [...stdout.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));
    return { script, ids, statuses };
  } finally {
    await rm(folder, { recursive: true });
  }
}

it("repeats a request that is not refused", async () => {
  const { statuses, script } = await repeat(
    overlooks(({ instancePath }) => instancePath === "/amount"),
    "createPayoutRequest/refuses/amount-0-5",
  );
  expect(statuses).toEqual([201]);
  expect(script).toContain("# not refused: /amount");
  expect(script).not.toContain(PASSWORD);
});

it("repeats a replay with a new key", async () => {
  const forgets: Behavior = { remember: () => {} };
  const { ids, statuses, script } = await repeat(forgets, "createPayoutLink/idempotency/replay-other-amount");
  expect(statuses).toEqual([200, 200]);
  expect(new Set(ids).size).toBe(2);
  expect(script).not.toMatch(/idempotency_key":"[0-9a-f]/);
});

it("sends a refusal that uses up a key before the request that shows it", async () => {
  const { statuses } = await repeat({ usesUp: () => true }, "createPayoutLink/idempotency/refused");
  expect(statuses).toEqual([400, 400]);
});

it("runs a race with many processes at once", async () => {
  const made = new Map<string, number>();
  const racy: Behavior = {
    race: () => later(),
    remember: (store, key, reply) => {
      setTimeout(() => store.set(key, reply), 200);
    },
    make(resource, { body }) {
      const key = isObject(body) ? String(body["idempotency_key"]) : "";
      made.set(key, (made.get(key) ?? 0) + 1);
      return resource;
    },
  };
  const { ids, script } = await repeat(racy, "createPayoutLink/idempotency/race");
  expect(script).toContain("xargs -P 20");
  expect(ids.length).toBe(20);
  expect(new Set(ids).size).toBeGreaterThan(1);
});

it.each([
  ["NUL and other bytes", "survives/utf-8", (raw: Buffer) => raw.includes(0xff)],
  ["large bodies", "survives/long-text", (raw: Buffer) => raw.length > 400_000],
  ["what is nested deep", "survives/nesting", (raw: Buffer) => raw.toString().startsWith("[[[[")],
])("sends %s unchanged", async (_, only, fails) => {
  const { statuses, script } = await repeat(
    {
      reply: (reply, { raw }) =>
        fails(raw) ? { status: 500, headers: {}, body: { message: "Something went wrong." } } : reply,
    },
    `createPayoutLink/${only}`,
  );
  expect(statuses).toEqual([500]);
  expect(script.length).toBeLessThan(5_000);
});
