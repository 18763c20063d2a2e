import type { Server } from "@dots-payouts/openapi";
import type { Note } from "./change.ts";

/** Compares the servers by the name under which a client chooses them. */
export function compareServers(old: readonly Server[], now: readonly Server[], note: Note): void {
  const name = (server: Server): string => server.environment ?? server.url;
  const before = new Map(old.map((server) => [name(server), server]));
  const after = new Map(now.map((server) => [name(server), server]));
  for (const [key, { url }] of before) {
    const successor = after.get(key);
    if (successor === undefined) note("breaking", `The server ${key} is gone.`);
    else if (successor.url !== url)
      note("breaking", `The server ${key} moves from ${url} to ${successor.url}.`);
  }
  for (const [key, { url }] of after) {
    if (!before.has(key)) note("addition", `The server ${key} is new: ${url}`);
  }
  const [first] = before.keys();
  const [firstNow] = after.keys();
  if (first !== undefined && firstNow !== undefined && after.has(first) && first !== firstNow) {
    note("breaking", `The first server is ${firstNow}, it was ${first}.`);
  }
}
