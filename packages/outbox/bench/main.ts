// Measures the cost of the outbox: the same requests with the client alone and with the outbox, with the same
// concurrency, in one run. The file is streamed, so memory must stay flat. `--rows 100000 --concurrency 20` change
// the size.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Dots } from "@dots-payouts/client";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "20000" },
    concurrency: { type: "string", default: "20" },
    call: { type: "string", default: "payouts.send" },
  },
});
const rows = Number(values.rows);
const concurrency = Number(values.concurrency);
const folder = mkdtempSync(join(tmpdir(), "outbox-bench-"));
const server = spawn(process.execPath, [fileURLToPath(new URL("server.ts", import.meta.url))], {
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const [port] = await once(server.stdout, "data");
  const baseUrl = `http://127.0.0.1:${String(port).trim()}`;
  const file = join(folder, "rows.csv");
  const writer = createWriteStream(file);
  writer.write("id,amount,payee.country_code,payee.phone_number,memo\n");
  for (let n = 0; n < rows; n += 1) {
    writer.write(`invoice-${n},${1000 + (n % 500)},1,${2_000_000_000 + n},October earnings\n`);
  }
  writer.end();
  await once(writer, "finish");

  // Before and after, because a machine is rarely equally quiet all the time.
  const before = await withClient(baseUrl, Math.ceil(rows / 2));
  const outbox = await withOutbox(baseUrl, file);
  const after = await withClient(baseUrl, Math.ceil(rows / 2));
  const bare = 2 / (1 / before.perSecond + 1 / after.perSecond);
  console.log(
    `client alone   ${before.perSecond.toFixed(0)} requests/s before, ${after.perSecond.toFixed(0)} after`,
  );
  console.log(
    `outbox         ${outbox.perSecond.toFixed(0)} rows/s, ${((outbox.perSecond / bare) * 100).toFixed(0)} %`,
  );
  // Does not depend on what else the machine does.
  const own = (before.cpu + after.cpu) / 2;
  console.log(
    `CPU            ${own.toFixed(2)} ms per request of the client, ${outbox.cpu.toFixed(2)} ms per row of the outbox`,
  );
  console.log(`checking and adding ${rows} rows took ${outbox.before.toFixed(1)} s`);
  console.log(`memory (MB), ten times during the run: ${outbox.memory.join(" ")}`);
  console.log(
    `the store takes ${(statSync(join(folder, "run.db")).size / rows / 1_000).toFixed(1)} kB per row`,
  );
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function withClient(baseUrl: string, count: number) {
  const dots = new Dots({ baseUrl, clientId: "id", apiKey: "key" });
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const n = next++;
      const payee = { country_code: "1", phone_number: String(2_000_000_000 + n) };
      await dots.payouts.send({ amount: 1_000, payee, memo: "October earnings" });
    }
  };
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await Promise.all(Array.from({ length: concurrency }, work));
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: count / ((performance.now() - start) / 1_000), cpu: (user + system) / 1_000 / count };
}

/** With the command, in a separate process: its progress shows when it began to send. */
async function withOutbox(baseUrl: string, file: string) {
  const bin = fileURLToPath(new URL("../bin/dots-outbox.js", import.meta.url));
  const args = ["run", file, "--call", values.call, "--store", join(folder, "run.db"), "--base-url", baseUrl];
  const env = { ...process.env, DOTS_CLIENT_ID: "id", DOTS_API_KEY: "key" };
  const start = performance.now();
  const child = spawn(process.execPath, [bin, ...args, "--yes", "--concurrency", String(concurrency)], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let began = 0;
  child.stderr.on("data", (chunk) => {
    if (began === 0 && String(chunk).includes("░")) began = performance.now();
  });
  const samples: number[] = [];
  let [cpuBefore, cpuAfter] = [0, 0];
  const { readFileSync } = await import("node:fs");
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      // Hundredths of a second, in user and in system mode.
      const used = (Number(fields[11]) + Number(fields[12])) * 10;
      if (began === 0) cpuBefore = used;
      else cpuAfter = used;
      samples.push(Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_000));
    } catch {
      // It has ended, or this is not Linux.
    }
  }, 100);
  const [code] = await once(child, "exit");
  clearInterval(timer);
  if (code !== 0) throw new Error(`the outbox ended with ${code}`);
  const end = performance.now();
  const memory = Array.from(
    { length: 10 },
    (_, n) => samples[Math.floor(((n + 0.9) * samples.length) / 10)] ?? 0,
  );
  return {
    perSecond: rows / ((end - began) / 1_000),
    before: (began - start) / 1_000,
    memory,
    cpu: (cpuAfter - cpuBefore) / rows,
  };
}
