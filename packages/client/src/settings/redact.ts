import { isObject } from "../runtime/json.ts";

interface Thrown {
  readonly message?: unknown;
  readonly cause?: unknown;
}

/**
 * The message of what was thrown, with its causes. Nothing else is kept: it may contain the request, and so a secret.
 */
export function describe(thrown: unknown, secrets: readonly string[] = []): string {
  const words: string[] = [];
  let error = thrown;
  while (error != null && words.length < 5) {
    const { message = error, cause }: Thrown = isObject<Thrown>(error) ? error : {};
    words.push(typeof message === "string" ? message : typeof message);
    error = cause;
  }
  return redact(words.join(": "), secrets);
}

/** Removes secrets from a string, also when encoded as JSON, URL or base64. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replace(spellingsOf(secret), "***"), text);
}

function spellingsOf(secret: string): RegExp {
  const pattern = secret.replace(/./gsu, (character) => {
    const escaped = character.split("").map((unit) => `u${hex(unit.charCodeAt(0), 4)}`);
    const bytes = Array.from(new TextEncoder().encode(character), (byte) => `%${hex(byte, 2)}`);
    // The URL variant of base64 replaces two characters, and a form writes a space as a plus.
    const plain = /[+/]/.test(character) ? "[-+/_]" : character === " " ? "[ +]" : literal(character);
    return `\\\\*(${plain}|${escaped.join("\\\\+")}|${bytes.join("")})`;
  });
  // Of many backslashes, only the first is where a secret may begin: to try each of them takes far too long.
  return new RegExp(`(?<!\\\\)${pattern}`, "gi");
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

function literal(text: string): string {
  return text.replace(/\W/g, "\\$&");
}
