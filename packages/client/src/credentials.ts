import type { Credential } from "./dots-options.ts";

/** An `Authorization` header, and every text in which it could give itself away. */
export interface Authorization {
  readonly header: string;
  readonly secrets: readonly string[];
}

/**
 * Basic authentication (RFC 7617, in UTF-8), or where a credential is a function, the way to ask for it.
 * @throws Error when a text cannot be used; the way to ask, also what the credential's function threw.
 */
export function authorization(
  clientId: Credential,
  apiKey: Credential,
): Authorization | (() => Promise<Authorization>) {
  if (typeof clientId !== "function" && typeof apiKey !== "function") return authorize(clientId, apiKey);
  return async () => authorize(await ask(clientId), await ask(apiKey));
}

function ask(credential: Credential): string | Promise<string> {
  return typeof credential === "function" ? credential() : credential;
}

function authorize(id: string, key: string): Authorization {
  if (!id || !key) throw new Error("clientId or apiKey is empty");
  // It would end the user name, and its rest would become a part of the password.
  if (id.includes(":")) throw new Error("clientId contains a colon");
  const encoded = btoa(String.fromCharCode(...new TextEncoder().encode(`${id}:${key}`)));
  return { header: `Basic ${encoded}`, secrets: [encoded, key, JSON.stringify(key).slice(1, -1)] };
}
