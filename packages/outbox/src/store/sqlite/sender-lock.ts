import { DatabaseSync } from "node:sqlite";
import { OutboxError } from "../../outbox-error.ts";
import type { SenderLock } from "../store.ts";

/**
 * Makes sure that only one process at a time sends from a store, with a transaction held open on a file next to it. The
 * system ends it with the process, however that dies.
 * @throws OutboxError if another process is sending.
 */
export function lockSender(store: string): SenderLock {
  const lock = new DatabaseSync(`${store}-sender`, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch {
    lock.close();
    throw new OutboxError(
      `Another process is sending from ${store}. Wait until it is done, or stop it; status shows its progress.`,
    );
  }
  return {
    release() {
      if (lock.isOpen) lock.close();
    },
  };
}
