import type { Credential } from "./dots-options.ts";

/** An `Authorization` header, and every text in which it could give itself away. */
export interface Authorization {
  readonly authorization: string;
  readonly secrets: readonly string[];
}

/**
 * Basic authentication (RFC 7617), in UTF-8.
 * @throws Error when a credential cannot be used, or what its function threw.
 */
export async function authorize(clientId: Credential, apiKey: Credential): Promise<Authorization> {
  const id = await read(clientId, "clientId");
  const key = await read(apiKey, "apiKey");
  // It would end the user name, and its rest would become a part of the password.
  if (id.includes(":")) throw new Error("clientId contains a colon");
  const encoded = btoa(String.fromCharCode(...new TextEncoder().encode(`${id}:${key}`)));
  return { authorization: `Basic ${encoded}`, secrets: [encoded, key, JSON.stringify(key).slice(1, -1)] };
}

async function read(credential: Credential, name: string): Promise<string> {
  const value = typeof credential === "function" ? await credential() : credential;
  if (typeof value !== "string" || value === "") throw new Error(`${name} is not a text, or empty`);
  return value;
}
