// Checks correct servers in several languages, with and without their own rules. The suite must not report any of
// them.
import { runContract } from "../src/index.ts";
import { type Stack, stacks } from "./stacks.ts";
import { freePort, missingPrograms, prepareStack, start } from "./start-stack.ts";

const ACCOUNTS = {
  username: "client",
  password: "secret",
  secondUsername: "other",
  secondPassword: "secret-2",
};

/** Only the spec's own schemas validate here, and a list that only reads may accept any filter. */
const TAKEN = /^not refused: the parameter /;

const wanted = process.argv.slice(2);
const chosen = stacks.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
const left = new Map(chosen.map((stack) => [stack, missingPrograms(stack)]));
for (const stack of chosen) {
  const missing = left.get(stack) ?? [];
  if (missing.length > 0) {
    console.log(`${stack.name}: NOT RUN, ${missing.join(" and ")} cannot be found`);
    continue;
  }
  const folder = prepareStack(stack);
  for (const plausible of [false, true]) await check(stack, folder, plausible);
}
const run = chosen.filter((stack) => left.get(stack)?.length === 0).length;
console.log(`${run} of ${stacks.length} stacks were run.`);
if (run === 0) process.exitCode = 2;

async function check(stack: Stack, folder: string, plausible: boolean): Promise<void> {
  await using server = await start(
    stack.start(folder),
    plausible ? { PLAUSIBLE: "1" } : {},
    await freePort(),
  );
  const report = await runContract({ ...ACCOUNTS, url: server.url, seed: 1 });
  const { passed, failed, differing, refused, requests, milliseconds, causes, assumptions } = report;
  const rules = plausible ? "with its own rules" : "without its own rules";
  const counts = `${passed} kept, ${failed} broken, ${differing} assumed otherwise, ${refused} refused by rules`;
  console.log(
    `${stack.name}, ${rules}: ${counts}; ${requests} requests in ${(milliseconds / 1_000).toFixed(1)} s`,
  );
  for (const { cause, operations } of [...causes, ...assumptions])
    console.log(`  ${cause} (${operations.join(", ")})`);
  const unexpected = assumptions.filter(({ cause }) => !TAKEN.test(cause));
  if (failed > 0 || unexpected.length > 0 || refused > 0 !== plausible) process.exitCode = 1;
}
