import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Listener, TaskLog } from "./task-log.ts";

/** How a run of the pipeline ended. */
export type PipelineResult =
  | { readonly ok: true; readonly ran: number; readonly cached: number; readonly seconds: number }
  | { readonly ok: false; readonly report: readonly string[] };

/**
 * Builds everything that depends on the spec, as configured in turbo.json: unchanged parts come from the cache.
 * @param root the repository's folder
 * @param listener called while it runs
 * @param signal stops the run, and everything that it has started
 */
export async function runPipeline(
  root: string,
  listener: Listener,
  signal: AbortSignal,
): Promise<PipelineResult> {
  const started = performance.now();
  // By file: on Windows the command of this name is a script, which cannot be started without a shell.
  const program = join(root, "node_modules/turbo/bin/turbo");
  const turbo = spawn(process.execPath, [program, "run", "build", "--json"], {
    cwd: root,
    env: {
      // The same tools start after each edit, so Node caches their compiled code.
      NODE_COMPILE_CACHE: join(root, ".turbo/compiled"),
      // The client goes first.
      DOCS_PRIORITY: "low",
      TURBO_TELEMETRY_DISABLED: "1",
      ...process.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = (): boolean => turbo.kill("SIGTERM");
  signal.addEventListener("abort", stop, { once: true });
  const log = new TaskLog(listener);
  const complaints: string[] = [];
  createInterface(turbo.stdout).on("line", (line) => log.read(line));
  createInterface(turbo.stderr).on("line", (line) => complaints.push(line));
  try {
    const [code] = await once(turbo, "close");
    if (code !== 0) {
      const failures = log.failures();
      return { ok: false, report: failures.length > 0 ? failures : complaints };
    }
    return { ok: true, ...log.count(), seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    return {
      ok: false,
      report: [`turbo could not be started: ${error instanceof Error ? error.message : error}`],
    };
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
