/**
 * The message of what was thrown, with its causes. Nothing else is kept: it may contain the request, and so a secret.
 */
export function describe(thrown: unknown, secrets: readonly string[] = []): string {
  const words: string[] = [];
  for (let error = thrown; error != null && words.length < 5; error = partOf(error, "cause")) {
    const message = partOf(error, "message") ?? error;
    words.push(typeof message === "string" ? message : typeof message);
  }
  return redact(words.join(": "), secrets);
}

/** Removes secrets from a string, also when encoded as JSON, URL or base64. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replace(spellingsOf(secret), "***"), text);
}

function spellingsOf(secret: string): RegExp {
  const characters = [...secret].map((character) => {
    const units = character.split("").map((unit) => `u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    // The URL variant of base64 replaces two characters.
    const plain = "+/".includes(character) ? "[-+/_]" : literal(character);
    return `(\\\\*(${plain}|${units.join("\\\\+")})|${literal(encodeURIComponent(character))})`;
  });
  return new RegExp(characters.join(""), "gi");
}

function literal(text: string): string {
  return text.replace(/\W/g, "\\$&");
}

function partOf(error: NonNullable<unknown>, name: "message" | "cause"): unknown {
  return typeof error === "object" && name in error ? Reflect.get(error, name) : undefined;
}
