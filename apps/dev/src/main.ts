import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";
import type { Mock } from "@dots-payouts/mock";
import { firstRequest } from "./first-request.ts";
import { readOptions, UsageError } from "./options.ts";
import { runPipeline } from "./pipeline.ts";
import { requireFreePort } from "./ports.ts";
import { watchSpec } from "./spec-watch.ts";
import { stopSignal } from "./stop.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const bundleFile = join(root, "spec/dist/openapi.json");

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  await requireFreePort(options.mockPort, "the mock", "--mock-port");
  await requireFreePort(options.docsPort, "the docs", "--docs-port");
  const stop = stopSignal();

  say("Making client, mock, contract suite and docs from spec/openapi.yaml");
  const built = await runPipeline(root, say, stop);
  if (stop.aborted) return;
  if (!built.ok) throw new UsageError(built.report.join("\n"));
  say(`Made in ${built.seconds.toFixed(1)} s: ${built.ran} steps run, ${built.cached} unchanged.`);

  // Only now do these exist: the pipeline has just built what they serve.
  const { startMock } = await import("@dots-payouts/mock");
  const { serveDocs } = await import("@dots-payouts/docs");
  const mock = await startMock({ port: options.mockPort, spec: bundleFile });
  const docs = await serveDocs({ port: options.docsPort });

  const request = firstRequest(JSON.parse(await readFile(bundleFile, "utf8")), mock.url);
  say("");
  say(`  Mock  ${styleText("cyan", mock.url)}`);
  say(`  Docs  ${styleText("cyan", docs.url)}`);
  if (request !== undefined) say(`\nTry it:\n  ${request}`);
  say("\nAn edit under spec/ reaches both within seconds. Stop with Ctrl-C.");

  const unwatch = await watchSpec(join(root, "spec"), async () => {
    const rebuilt = await runPipeline(root, () => undefined, stop);
    if (stop.aborted) return;
    const report = rebuilt.ok ? await reload(mock) : rebuilt.report;
    if (rebuilt.ok && report.length === 0) {
      say(`${time()} The spec was edited. Mock and docs are up to date (${rebuilt.seconds.toFixed(1)} s).`);
      return;
    }
    say(`${time()} The spec was edited, and can't be used. The last good version goes on being served.`);
    for (const line of report) say(line);
  });

  if (!stop.aborted) await once(stop, "abort");
  say("\nStopping.");
  await Promise.all([unwatch(), mock.close(), docs.close()]);
}

/** What the mock has against the new bundle; nothing when it serves it. */
async function reload(mock: Mock): Promise<string[]> {
  try {
    await mock.reload(bundleFile);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function time(): string {
  return styleText("dim", new Date().toTimeString().slice(0, 8));
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
