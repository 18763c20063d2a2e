import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";
import type { Mock } from "@dots-payouts/mock";
import { firstRequest } from "./first-request.ts";
import { bundleFile, followEdit } from "./follow-edit.ts";
import { readOptions, UsageError } from "./options.ts";
import { otherSystem } from "./other-system.ts";
import { runPipeline } from "./pipeline.ts";
import { requireFreePort } from "./ports.ts";
import { watchSpec } from "./spec-watch.ts";
import { stopSignal } from "./stop.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  const misfit = otherSystem(root);
  if (misfit !== undefined) throw new UsageError(misfit);
  await requireFreePort(options.mockPort, "the mock", "--mock-port");
  await requireFreePort(options.docsPort, "the docs", "--docs-port");
  const stop = stopSignal();

  // First, so that no edit is missed.
  const ready = Promise.withResolvers<Mock>();
  const unwatch = await watchSpec(join(root, "spec"), async () =>
    followEdit(root, await ready.promise, say, stop),
  );
  say("Building client, mock, contract suite and docs from spec/openapi.yaml");
  const built = await runPipeline(root, { say, bundled: () => undefined }, stop);
  if (stop.aborted) return unwatch();
  if (!built.ok) {
    await unwatch();
    throw new UsageError(built.report.join("\n"));
  }
  say(`Built in ${built.seconds.toFixed(1)} s: ${built.ran} steps run, ${built.cached} unchanged.`);

  // Imported only now: the pipeline has just built these.
  const { startMock } = await import("@dots-payouts/mock");
  const { serveDocs } = await import("@dots-payouts/docs");
  const mock = await startMock({ port: options.mockPort, spec: bundleFile(root) });
  const docs = await serveDocs({ port: options.docsPort, mockUrl: mock.url });
  ready.resolve(mock);

  const request = firstRequest(JSON.parse(await readFile(bundleFile(root), "utf8")), mock.url);
  say("");
  say(`  Mock  ${styleText("cyan", mock.url)}`);
  say(`  Docs  ${styleText("cyan", docs.url)}`);
  if (request !== undefined) say(`\nTry it:\n  ${request}`);
  say("\nBoth follow edits under spec/ within seconds. Stop with Ctrl-C.");

  if (!stop.aborted) await once(stop, "abort");
  say("\nStopping.");
  await Promise.all([unwatch(), mock.close(), docs.close()]);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
