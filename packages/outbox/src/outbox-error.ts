/** The outbox cannot do what was asked. This call sent nothing. The message says what to do. */
export class OutboxError extends Error {
  override readonly name: string = "OutboxError";
}

/** The store is temporarily unavailable: it is in use elsewhere, or its disk is full. */
export class StoreBusyError extends OutboxError {}

/** The disk of the store is full, possibly for a long time. */
export class StoreFullError extends StoreBusyError {}

/** The message of what was thrown, as one line. */
export function messageOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.split("\n")[0] ?? "";
}
