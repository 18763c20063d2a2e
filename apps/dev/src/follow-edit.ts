import { join } from "node:path";
import { styleText } from "node:util";
import type { Mock } from "@dots-payouts/mock";
import { runPipeline } from "./pipeline.ts";

/** Where the pipeline leaves the bundle, in the repository at `root`. */
export function bundleFile(root: string): string {
  return join(root, "spec/dist/openapi.json");
}

/**
 * Applies an edit of the spec to the mock as soon as there is a bundle, and then to everything else, and reports the
 * result.
 */
export async function followEdit(
  root: string,
  mock: Pick<Mock, "reload">,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const started = performance.now();
  const seconds = (): string => `${((performance.now() - started) / 1_000).toFixed(1)} s`;
  const tell = (text: string, reasons: readonly string[] = []): void => {
    if (signal.aborted) return;
    say(`${styleText("dim", new Date().toTimeString().slice(0, 8))} ${text}`);
    for (const line of reasons) say(line);
  };

  const reload = async (): Promise<void> => {
    try {
      await mock.reload(bundleFile(root));
      tell(`The spec was edited. The mock now uses it (${seconds()}).`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      tell("The spec was edited, but the mock can't use it. The mock keeps the last good version.", [reason]);
    }
  };

  // While the mock reloads, the rest is being built.
  let reloaded: Promise<void> | undefined;
  const bundled = (): void => {
    reloaded ??= reload();
  };
  const built = await runPipeline(root, { say: () => undefined, bundled }, signal);
  await reloaded;
  if (built.ok) {
    tell(`Docs and client are up to date (${seconds()}).`);
  } else if (reloaded === undefined) {
    tell("The spec was edited, but can't be used. The last good version stays in use.", built.report);
  } else {
    tell("Docs or client can't be built from it. They stay unchanged.", built.report);
  }
}
