// Measures what the tests only sample: every fault against the whole suite, every freedom over many seeds, and the
// time for a growing number of operations: `pnpm --filter @dots-payouts/contract sweep [speed] [faults] [seeds]`.
import { startMock } from "@dots-payouts/mock";
import { isObject, type JsonObject } from "@dots-payouts/openapi";
import { runContract } from "../src/index.ts";
import { readSpec } from "../src/suite/spec.ts";
import { checkFault } from "./faults/check-fault.ts";
import { faultGroups } from "./faults/fault-groups.ts";
import { checkDeliveries } from "./faults/find-deliveries.ts";
import { webhooksFaults } from "./faults/webhooks.ts";
import { freedoms } from "./reference/freedoms.ts";
import { provider } from "./reference/provider.ts";
import { PASSWORD, startReference, USERNAME } from "./reference/server.ts";

const SEEDS = 50;
const credentials = { username: USERNAME, password: PASSWORD };

async function sweepFaults(): Promise<number> {
  const [caught, total] = [new Map<string, number>(), new Map<string, number>()];
  const survivors: string[] = [];
  for (const [group, { faults }] of Object.entries(faultGroups)) {
    for (const words of Object.keys(faults())) {
      const report = await checkFault(words, faults()[words]);
      total.set(group, (total.get(group) ?? 0) + 1);
      if (report.failed > 0) caught.set(group, (caught.get(group) ?? 0) + 1);
      else survivors.push(`a server that ${words}`);
    }
  }
  for (const [words, { tamper }] of Object.entries(webhooksFaults)) {
    const { failed } = await checkDeliveries(tamper, { bail: true, only: undefined });
    total.set("webhooks", (total.get("webhooks") ?? 0) + 1);
    if (failed > 0) caught.set("webhooks", (caught.get("webhooks") ?? 0) + 1);
    else survivors.push(`a server that ${words}`);
  }
  const rows = [...total].map(([group, count]) => ({ group, caught: caught.get(group) ?? 0, total: count }));
  console.table(rows);
  const sum = (values: Iterable<number>): number => [...values].reduce((one, other) => one + other, 0);
  console.log(`faults caught: ${sum(caught.values())} of ${sum(total.values())}`);
  for (const survivor of survivors) console.log(`not caught: ${survivor}`);
  return survivors.length;
}

async function sweepSeeds(): Promise<number> {
  let alarms = 0;
  let runs = 0;
  const run = async (name: string, url: string, seed: number, only?: readonly string[]): Promise<void> => {
    const report = await runContract({ ...credentials, url, seed, only, quick: true, cleanUp: false });
    runs += 1;
    if (report.failed === 0) return;
    alarms += 1;
    console.log(`false alarm: ${name}, seed ${seed}: ${report.causes.map(({ cause }) => cause).join("; ")}`);
  };
  await using reference = await startReference();
  const mock = await startMock({ port: 0, ...credentials });
  await using printed = await startReference(provider);
  await run("a server that returns the provider's printed examples", printed.url, 0);
  for (let seed = 0; seed < SEEDS; seed += 1) {
    await run("the reference server", reference.url, seed);
    await run("the mock", mock.url, seed);
  }
  await mock.close();
  for (const [name, behavior] of Object.entries(freedoms)) {
    await using server = await startReference(behavior());
    await run(name, server.url, 0);
    // Nothing else depends on the seed.
    for (let seed = 1; seed < SEEDS; seed += 1) await run(name, server.url, seed, ["random", "idempotency"]);
  }
  console.log(`false alarms: ${alarms} in ${runs} runs`);
  return alarms;
}

async function measureSpeed(): Promise<number> {
  const { document, operations } = readSpec();
  for (const copies of [1, 5, 10, 20]) {
    const paths: JsonObject = {};
    for (const [path, item] of Object.entries(isObject(document["paths"]) ? document["paths"] : {})) {
      for (let copy = 0; copy < copies; copy += 1) {
        const text = JSON.stringify(item).replaceAll(/"operationId":"(\w+)"/g, `"operationId":"$1${copy}"`);
        paths[copy === 0 ? path : `/copy-${copy}${path}`] = JSON.parse(text);
      }
    }
    const spec = { ...document, paths };
    const mock = await startMock({ port: 0, spec, ...credentials });
    const started = performance.now();
    const { requests, failed } = await runContract({ ...credentials, url: mock.url, spec, seed: 1 });
    const seconds = (performance.now() - started) / 1_000;
    await mock.close();
    console.log(
      `${copies * operations.length} operations: ${requests} requests in ${seconds.toFixed(1)} s, ${Math.round(requests / seconds)} a second, ${failed} broken`,
    );
  }
  return 0;
}

const parts = { speed: measureSpeed, faults: sweepFaults, seeds: sweepSeeds };
const asked = process.argv.slice(2);
for (const [name, part] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  if ((await part()) > 0) process.exitCode = 1;
}
