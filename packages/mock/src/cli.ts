import { readFileSync } from "node:fs";
import { parseCommand, USAGE } from "./command/options.ts";
import { describe, serve } from "./command/serve.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Nobody reads the output any more (`dots-mock | head`), so stop. */
process.stdout.on("error", () => process.exit(0));

async function run(): Promise<void> {
  const command = parseCommand(process.argv.slice(2));
  if (command.kind === "help") return console.log(USAGE);
  if (command.kind === "version") return console.log(version());
  await serve(command, { print: (line) => console.log(line), onServing: stopOnSignals });
}

function stopOnSignals(stop: () => Promise<void>): void {
  const end = async () => {
    for (const signal of SIGNALS) process.once(signal, () => process.exit(1));
    await stop();
  };
  for (const signal of SIGNALS) process.once(signal, end);
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const value =
    typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "";
  return String(value);
}

run().catch((error: unknown) => {
  console.error(`dots-mock: ${describe(error)}`);
  process.exitCode = 2;
});
