import { credentialsNeeded, loginHeader } from "../generated/login.ts";
import type { Credential } from "../options/dots-options.ts";
import { digestOf } from "../runtime/json.ts";

/** The `Authorization` header, and every string that would reveal its credentials. */
export interface Login {
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  /** Tells the client ID on its server from others. */
  readonly client: string;
}

/**
 * The credentials, or if one of them is a function, a function that gets them. Basic authentication (RFC 7617) is in
 * UTF-8.
 * @throws Error if a string cannot be used; the returned function also throws what the credential's function threw.
 */
export function readCredentials(
  baseUrl: string,
  clientId: Credential,
  apiKey: Credential,
): Login | (() => Promise<Login>) {
  if (typeof clientId !== "function" && typeof apiKey !== "function") {
    return loginWith(baseUrl, clientId, apiKey);
  }
  return async () => loginWith(baseUrl, await currentValue(clientId), await currentValue(apiKey));
}

/** A text that tells one client ID on a server from others, and does not say it. */
export function markOfClient(baseUrl: string, id: string): string {
  return `${baseUrl} client=${digestOf(id).toString(36)}`;
}

// The usual mistake is a line break at the end of a file or a variable.
const USABLE = /^(?!\s)[^\p{Cc}\p{Cs}]+(?<!\s)$/u;

function currentValue(credential: Credential): string | Promise<string> {
  return typeof credential === "function" ? credential() : credential;
}

// A shorter string is not a real key, but may be a word in many messages. IDs are more likely to be words.
const SHORTEST_KEY = 6;
const SHORTEST_ID = 8;

function loginWith(baseUrl: string, id: string, key: string): Login {
  const client = markOfClient(baseUrl, id);
  if (credentialsNeeded === 0) return { headers: {}, secrets: [], client };
  const needed = credentialsNeeded === 2 ? { clientId: id, apiKey: key } : { apiKey: key };
  for (const [name, value] of Object.entries(needed)) {
    if (typeof value !== "string" || !USABLE.test(value)) {
      throw new Error(`${name} is empty, or has stray white space`);
    }
  }
  const secrets = key.length < SHORTEST_KEY ? [] : [key, base64(key).replace(PADDING, "")];
  if (credentialsNeeded === 1) return { headers: loginHeader(key), secrets, client };
  // It would end the user name, and the rest would become part of the password.
  if (id.includes(":")) throw new Error("clientId has a colon");
  const basic = base64(`${id}:${key}`);
  return {
    headers: { authorization: `Basic ${basic}` },
    secrets: [basic.replace(PADDING, ""), ...secrets, ...(id.length < SHORTEST_ID ? [] : [id])],
    client,
  };
}

const PADDING = /=+$/;

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
