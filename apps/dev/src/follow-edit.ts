import { join } from "node:path";
import { styleText } from "node:util";
import type { Mock } from "@dots-payouts/mock";
import { runPipeline } from "./pipeline.ts";

/** Where the pipeline leaves the bundle, in the repository at `root`. */
export function bundleFile(root: string): string {
  return join(root, "spec/dist/openapi.json");
}

/** Brings an edit of the spec to the mock as soon as there is a bundle, then to all else, and says how it went. */
export async function followEdit(
  root: string,
  mock: Mock,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const started = performance.now();
  const tell = (text: string): void =>
    say(`${styleText("dim", new Date().toTimeString().slice(0, 8))} ${text}`);
  const seconds = (): string => `${((performance.now() - started) / 1_000).toFixed(1)} s`;
  const refuse = (what: string, reasons: readonly string[]): void => {
    if (signal.aborted) return;
    tell(what);
    for (const line of reasons) say(line);
  };
  const unusable = "The spec was edited, and can't be used. The last good version goes on being served.";

  const bundled = await runPipeline(root, ["bundle"], () => undefined, signal);
  if (!bundled.ok) return refuse(unusable, bundled.report);
  const complaints = await reload(mock, bundleFile(root));
  if (complaints.length > 0) return refuse(unusable, complaints);
  if (!signal.aborted) tell(`The spec was edited. The mock follows it (${seconds()}).`);
  const built = await runPipeline(root, ["build"], () => undefined, signal);
  if (!built.ok) {
    return refuse("Docs or client can't be made of it. What can't be made stays as it was.", built.report);
  }
  if (!signal.aborted) tell(`Docs and client are up to date (${seconds()}).`);
}

/** What the mock has against the new bundle; nothing when it serves it. */
async function reload(mock: Mock, file: string): Promise<string[]> {
  try {
    await mock.reload(file);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
