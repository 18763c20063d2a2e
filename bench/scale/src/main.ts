import { availableParallelism, loadavg } from "node:os";
import { measure } from "./measure.ts";
import type { Column } from "./measurement.ts";
import { formatFailures, formatTable } from "./table.ts";
import { addUnusedOperation } from "./unused-operation.ts";

const given = process.argv.slice(2).map(Number);
const sizes = (given.length > 0 ? given : [3, 30, 300, 1_000]).sort((a, b) => a - b);
if (!sizes.every((size) => Number.isInteger(size) && size > 0)) {
  console.error("Usage: pnpm bench:scale [number of operations, …]");
  process.exit(2);
}

const results: [number, Column][] = [];
for (const size of sizes) {
  results.push([size, await measure(size, (step) => process.stderr.write(`${size} operations: ${step}\n`))]);
}
const table = addUnusedOperation(results);
console.log(formatTable(table));
console.log(`
Milliseconds, unless a row has another unit; in brackets, the CPU time of all processes. Growth: the exponent of the
number of operations, without fixed costs; 1 is linear, and empty means no growth beyond noise.
Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}.`);
const failures = formatFailures(table);
if (failures.length > 0) {
  console.log(`\nNot measured:\n${failures.map((line) => `- ${line}`).join("\n")}`);
  process.exitCode = 1;
}
