import { main } from "./main.ts";

/** The reader of the lines may be gone (`dots-outbox export | head`). What is in progress continues. */
process.stdout.on("error", () => undefined);

process.exitCode = await main(process.argv.slice(2));
