/** The outbox cannot do what it was asked for. Nothing was sent because of this call. The message says what to do. */
export class OutboxError extends Error {
  override readonly name: string = "OutboxError";
}

/** The store cannot be used right now, but may be in a moment: it is in use elsewhere, or its disk is full. */
export class StoreBusyError extends OutboxError {}

/** The disk of the store is full. It may stay so for long. */
export class StoreFullError extends StoreBusyError {}

/** What was thrown, as one line. */
export function messageOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.split("\n")[0] ?? "";
}
