import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildTools } from "./build-tools.ts";
import { openSource, SourceError } from "./source.ts";
import { table } from "./table.ts";
import { trySpec } from "./try-spec.ts";

const USAGE = `pnpm try <OpenAPI file or URL> [--json]

Runs lint, types, client, mock, contract suite and docs on a description of OpenAPI 3.0 or 3.1, and changes nothing.
Exit status: 0 all of it works, 1 some of it does not, 2 there is no such description.

  --json   print the outcomes as JSON
  --help   show this`;

/** Wide enough for a sentence, where nobody says how wide the terminal is. */
const WIDTH = 100;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const [given, ...more] = positionals;
  if (given === undefined || more.length > 0) throw new SourceError("One file or URL is needed.");
  const isUrl = /^https?:\/\//i.test(given);
  const source = await openSource(isUrl ? given : resolve(process.env["INIT_CWD"] ?? ".", given));
  buildTools();
  const outcomes = await trySpec(source, (step) => process.stderr.write(`${step} …\n`));
  if (values.json) console.log(JSON.stringify(outcomes, null, 2));
  else console.log(`\n${table(outcomes, process.stdout.columns ?? WIDTH)}`);
  return outcomes.every(({ result }) => result === "works") ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = error instanceof TypeError && "code" in error;
  if (!(error instanceof SourceError || isUsage)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
