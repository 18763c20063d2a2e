import { CannotRun, type Report, runContract } from "../../src/index.ts";
import {
  type Behavior,
  PASSWORD,
  SECOND_PASSWORD,
  SECOND_USERNAME,
  startReference,
  USERNAME,
} from "../reference/server.ts";

/**
 * Runs some checks against a server with a fault.
 * @param words what the server does, to follow "a server that"
 * @param only the checks, by parts of their IDs; default: all
 */
export async function checkFault(
  words: string,
  behavior: Behavior | undefined,
  only?: readonly string[],
): Promise<Report> {
  // A busy machine is slow too, and must not be mistaken for the fault.
  const timeout = isSilent(words) ? 1_000 : undefined;
  await using server = await startReference(behavior);
  return await runContract({
    url: server.url,
    username: USERNAME,
    password: PASSWORD,
    seed: 1,
    secondUsername: SECOND_USERNAME,
    secondPassword: SECOND_PASSWORD,
    timeout,
    quick: !words.startsWith("forgets a key after"),
    keyAge: 700,
    bail: true,
    concurrency: 4,
    cleanUp: false,
    strict: true,
    only,
  });
}

/** Whether a fault is that there is no answer. */
export function isSilent(words: string): boolean {
  return words.startsWith("hangs") || words.startsWith("stops");
}

/** Whether one check finds a fault, without the others. */
export async function isFoundBy(id: string, words: string, behavior: Behavior | undefined): Promise<boolean> {
  try {
    return (await checkFault(words, behavior, [id])).failed > 0;
  } catch (error) {
    // There is no such check, or it needs the others.
    if (error instanceof CannotRun) return false;
    throw error;
  }
}
