import { createInterface } from "node:readline/promises";
import { OutboxError } from "../outbox-error.ts";

/**
 * Asks a person on the terminal.
 * @throws OutboxError if there is no terminal; `otherwise` says what to do then
 */
export async function ask(question: string, otherwise: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new OutboxError(otherwise);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
