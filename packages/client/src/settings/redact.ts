/** What was thrown, in words, with its causes. Nothing else of it is kept: it may hold the request, and so a secret. */
export function describe(thrown: unknown, secrets: readonly string[] = []): string {
  const words: string[] = [];
  for (let error = thrown; error != null && words.length < 5; error = causeOf(error)) {
    const message = messageOf(error);
    words.push(typeof message === "string" ? message : typeof message);
  }
  return redact(words.join(": "), secrets);
}

// A shorter text is nobody's key, but a word of many a message.
const SHORTEST_SECRET = 6;

/** A text without the secrets in it. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (clean, secret) => (secret.length < SHORTEST_SECRET ? clean : clean.replaceAll(secret, "***")),
    text,
  );
}

function messageOf(error: NonNullable<unknown>): unknown {
  return typeof error === "object" && "message" in error ? error.message : error;
}

function causeOf(error: NonNullable<unknown>): unknown {
  return typeof error === "object" && "cause" in error ? error.cause : undefined;
}
