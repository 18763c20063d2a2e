import type { Json } from "@dots-payouts/openapi";
import type { Head } from "../check/check-head.ts";
import { documentedRefusal } from "../refusals/sendable-answer.ts";
import { Refusal } from "../wire/refusal.ts";
import type { Context, Progress } from "./context.ts";
import { keyOf } from "./key-of.ts";

/**
 * Lets a refusal use up the key of its request if the spec says so (`usedByRefusal`): the next request with the key is
 * refused in the same way, whatever it asks for.
 */
export async function useUpKey(
  context: Context,
  head: Head,
  { body: text = "", namespace = "" }: Progress,
  error: unknown,
): Promise<void> {
  const { compiled } = head;
  if (!(error instanceof Refusal) || error.status < 400 || error.status > 499) return;
  if (compiled.key?.usedByRefusal !== true) return;
  const json = jsonIn(text);
  const key = keyOf({ ...head, text, json }, namespace, context.clock.now());
  if (key === undefined || (await context.store.find(key)) !== undefined) return;
  const answer = documentedRefusal(context.spec, compiled, error);
  await context.store.keep(key, { answer, request: text }, [], () => {});
}

function jsonIn(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
