// Shows what the suite reports for stock Prism, which validates requests and answers with the spec's examples.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { runContract } from "../src/index.ts";
import { freePort, SPEC, start } from "./start-stack.ts";

const manifest = createRequire(import.meta.url).resolve("@stoplight/prism-cli/package.json");
const port = await freePort();
// Deeply nested requests crash its logger, and the server with it.
const command = ["mock", SPEC, "-h", "127.0.0.1", "-p", String(port), "-v", "silent"];
await using prism = await start(
  [process.execPath, join(dirname(manifest), "dist/index.js"), ...command],
  {},
  port,
);
const account = { username: "client", password: "secret" };
const report = await runContract({ ...account, url: prism.url, seed: 1, timeout: 2_000 });
const { passed, failed, differing, causes, assumptions, milliseconds } = report;
console.log(`${passed} kept, ${failed} broken, ${differing} assumed otherwise, in ${milliseconds} ms`);
for (const { severity, cause, checks } of causes) console.log(`${severity}: ${cause} (${checks.length})`);
for (const { cause, checks } of assumptions) console.log(`assumed otherwise: ${cause} (${checks.length})`);
