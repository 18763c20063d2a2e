import { DotsError } from "../../src/index.ts";
import type { Call } from "./fault-server.ts";

/** How a call ended. */
export type Ending = { readonly data: { readonly id: string } } | { readonly error: unknown };

export async function settle(call: PromiseLike<{ id: string }>): Promise<Ending> {
  try {
    return { data: await call };
  } catch (error) {
    return { error };
  }
}

/** What must hold of every call, whatever happened to it; the promises that it broke. */
export function brokenPromises(ending: Ending, { payouts, bodies }: Call): string[] {
  const problems: string[] = [];
  if (payouts.size > 1) problems.push(`paid ${payouts.size} times`);
  if (new Set(bodies).size > 1) problems.push("attempts with different bodies");
  if ("data" in ending) {
    if (!payouts.has(ending.data.id)) problems.push("an answer that is not that of the payout");
    return problems;
  }
  const { error } = ending;
  if (!(error instanceof DotsError)) return [...problems, `failed with ${String(error)}`];
  if (error.outcome !== "unknown" && payouts.size > 0)
    problems.push(`said ${error.outcome} of a payout that was made`);
  if (error.outcome === "not_sent" && bodies.length > 0) problems.push("said not_sent of what was sent");
  const key = bodies[0] === undefined ? error.idempotencyKey : JSON.parse(bodies[0]).idempotency_key;
  if (error.idempotencyKey !== key) problems.push("an error without the key that was sent");
  return problems;
}
