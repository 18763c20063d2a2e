/** What was thrown, in words, with its causes. Nothing else of it is kept: it may hold the request, and so a secret. */
export function describe(thrown: unknown, secrets: readonly string[] = []): string {
  const words: string[] = [];
  for (let error = thrown; error != null && words.length < 5; error = partOf(error, "cause")) {
    const message = partOf(error, "message") ?? error;
    words.push(typeof message === "string" ? message : typeof message);
  }
  return redact(words.join(": "), secrets);
}

/** A text without the secrets in it, however JSON, a URL or base64 would spell them. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replace(spellingsOf(secret), "***"), text);
}

// base64 has other letters for these in URLs.
const SPELLINGS: Readonly<Record<string, string>> = { "+": "[+-]", "/": "[/_]" };

function spellingsOf(secret: string): RegExp {
  const hex = (value: number, length: number): string => value.toString(16).padStart(length, "0");
  const characters = [...secret].map((character) => {
    const plain = SPELLINGS[character] ?? character.replace(/\W/, "\\$&");
    const json = character.split("").map((unit) => `\\\\+u${hex(unit.charCodeAt(0), 4)}`);
    const url = [...new TextEncoder().encode(character)].map((byte) => `%${hex(byte, 2)}`);
    return `(\\\\*${plain}|${json.join("")}|${url.join("")})`;
  });
  return new RegExp(characters.join(""), "gi");
}

function partOf(error: NonNullable<unknown>, name: "message" | "cause"): unknown {
  return typeof error === "object" && name in error ? Reflect.get(error, name) : undefined;
}
