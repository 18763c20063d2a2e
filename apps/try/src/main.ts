import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { trySpec } from "./try-spec.ts";

const [given, ...more] = process.argv.slice(2);
const isUrl = given !== undefined && /^https?:\/\//.test(given);
const file = given === undefined || isUrl ? given : resolve(process.env["INIT_CWD"] ?? ".", given);
if (file === undefined || more.length > 0 || (!isUrl && !existsSync(file))) {
  console.error(
    `${given === undefined ? "" : `There is no file ${given}.\n`}Usage: pnpm try <OpenAPI file or URL>`,
  );
  process.exit(2);
}

const outcomes = await trySpec(file, (step) => process.stderr.write(`${step} …\n`));
const width = Math.max(...outcomes.map(({ step }) => step.length));
console.log("");
for (const { step, result, detail } of outcomes) {
  console.log(`${step.padEnd(width)}  ${result.padEnd(8)}${detail}`.trimEnd());
}
process.exitCode = outcomes.every(({ result }) => result === "works") ? 0 : 1;
