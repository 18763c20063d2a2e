import { fork } from "node:child_process";
import { once } from "node:events";
import { cpus, loadavg } from "node:os";
import { contenders } from "./contenders.ts";
import { measure } from "./measure.ts";

const server = fork(new URL("server.ts", import.meta.url));
const [port] = await once(server, "message");

console.log(`node ${process.version}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`);
for (const inFlight of [1, 50]) {
  const results = await measure(contenders(Number(port)), { rounds: 150, calls: 100, inFlight });
  console.log(`\n${inFlight} in flight: microseconds per call, and how much of fetch's speed that is`);
  for (const { name, microseconds, ratio } of results) {
    console.log(`  ${name.padEnd(14)}${microseconds.toFixed(0).padStart(6)}${ratio.toFixed(2).padStart(8)}`);
  }
}
server.disconnect();
process.exit();
