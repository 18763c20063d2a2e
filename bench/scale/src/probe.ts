import { join } from "node:path";
import { pathToFileURL } from "node:url";

// A separate process, because the time until a mock listens includes loading it.
const [folder = ".", operations = "1"] = process.argv.slice(2);
/**
 * With more operations, the contract suite only checks one of them: the number of checks grows in proportion, and
 * they take minutes.
 */
const WHOLE = 100;
const REQUESTS = 6_000;
const CONNECTIONS = 16;

const load = async (path: string) => import(pathToFileURL(join(folder, path)).href);
const started = performance.now();
const { startMock } = await load("packages/mock/dist/index.mjs");
const mock = await startMock({ port: 0 });
const mockStart = performance.now() - started;

const headers = { authorization: `Basic ${btoa("a:b")}`, "content-type": "application/json" };
const send = async (): Promise<void> => {
  const response = await fetch(`${mock.url}/v1/things-1`, { method: "POST", headers, body: '{"size":1}' });
  await response.text();
  if (response.status !== 201) throw new Error(`the mock answers ${response.status}`);
};
for (let count = 0; count < 500; count += 1) await send();
const firstRead = performance.now();
await (await fetch(`${mock.url}/v1/things-1?limit=1`, { headers })).text();
const read = performance.now() - firstRead;
const before = performance.now();
await Promise.all(
  Array.from({ length: CONNECTIONS }, async () => {
    for (let count = 0; count < REQUESTS / CONNECTIONS; count += 1) await send();
  }),
);
const perSecond = REQUESTS / ((performance.now() - before) / 1_000);

const { runContract } = await load("packages/contract/dist/index.mjs");
const contractStarted = performance.now();
const report = await runContract({
  url: mock.url,
  seed: 1,
  ...(Number(operations) > WHOLE ? { only: ["createThing1/"] } : {}),
});
const contract = performance.now() - contractStarted;
await mock.close();
console.log(
  JSON.stringify({
    "mock start": mockStart,
    "mock, first list": read,
    "mock, requests/s": perSecond,
    "contract run": contract,
    "contract checks": report.checks.length,
    "contract, per check": contract / report.checks.length,
    "contract checks failed": report.failed,
  }),
);
