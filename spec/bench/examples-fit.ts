import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lint, loadConfig } from "@redocly/openapi-core";
import { syntheticSpec } from "../../bench/scale/src/synthetic-spec.ts";
import { examplesFit } from "../src/examples-fit.ts";
import { EXAMPLE_RULES, RULES } from "../src/read-description.ts";

// Measures what `examples-fit.ts` saves: the time of Redocly's rules for examples, less its own. Each in turn,
// several times, and the medians.
const RUNS = 7;

const folder = mkdtempSync(join(tmpdir(), "examples-fit-"));
try {
  const file = join(folder, "openapi.json");
  for (const operations of [30, 300]) {
    const document = syntheticSpec(operations);
    writeFileSync(file, JSON.stringify(document));
    const times = { all: [] as number[], quick: [] as number[], fit: [] as number[] };
    for (let run = 0; run < RUNS; run += 1) {
      times.all.push(await timed(() => lintWithout([])));
      times.quick.push(await timed(() => lintWithout(EXAMPLE_RULES)));
      times.fit.push(
        await timed(() => {
          if (!examplesFit(document)) throw new Error("the examples of the made-up description have to fit");
        }),
      );
    }
    const [all, quick, fit] = [median(times.all), median(times.quick), median(times.fit)];
    process.stdout.write(
      `${operations} operations: ${all} ms with Redocly's rules for examples, ${quick + fit} ms without them and with examplesFit (${fit} ms)\n`,
    );
  }

  async function lintWithout(skipped: readonly string[]): Promise<void> {
    const config = await loadConfig({ configPath: RULES });
    config.skipRules([...skipped]);
    const problems = await lint({ ref: file, config });
    if (problems.length > 0) throw new Error(problems[0]?.message);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
}
