import { parseArgs } from "node:util";

export interface Options {
  readonly mockPort: number;
  readonly docsPort: number;
}

/** A usage mistake: the message is all that the user needs to see. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Reads the command line.
 * @throws UsageError for an unknown flag or an invalid port.
 */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { "mock-port": { type: "string" }, "docs-port": { type: "string" } },
    });
    return {
      mockPort: readPort("--mock-port", values["mock-port"] ?? "4010"),
      docsPort: readPort("--docs-port", values["docs-port"] ?? "4000"),
    };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason}\nUsage: pnpm start [--mock-port 4010] [--docs-port 4000]`);
  }
}

function readPort(flag: string, value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535)
    throw new UsageError(`${flag} takes a port from 0 to 65535, not ${value}`);
  return port;
}
