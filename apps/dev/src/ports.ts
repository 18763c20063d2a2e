import { once } from "node:events";
import { createServer } from "node:net";
import { UsageError } from "./options.ts";

/**
 * Makes sure that a port can be had, before a minute is spent on the pipeline.
 * @throws UsageError if something else listens on it, or it may not be used.
 */
export async function requireFreePort(port: number, what: string, flag: string): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port, "127.0.0.1");
    await once(probe, "listening");
  } catch (error) {
    throw new UsageError(
      `Port ${port} ${reason(error)}, so ${what} can't start there.\n` +
        `Stop what uses it, or choose another port: pnpm start ${flag} ${port + 1}`,
    );
  }
  probe.close();
  await once(probe, "close");
}

function reason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return "is taken";
  if (code === "EACCES") return "needs rights that you don't have";
  return `can't be used (${String(code ?? error)})`;
}
