import { WebhookError } from "./webhook-error.ts";

/**
 * The headers of a request, as any server provides them: `Headers`, an object (a value may be a list), a list of pairs,
 * or Node's `rawHeaders`. Upper and lower case do not matter.
 */
export type WebhookHeaders =
  | { get(name: string): string | null | undefined }
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | readonly (readonly [name: string, value: string])[]
  | readonly string[];

/**
 * What the headers of a signed request say.
 * @internal
 */
export interface SignedHeaders {
  readonly id: string;
  /** In seconds since 1970, as it was signed. */
  readonly timestamp: string;
  readonly signature: string;
}

// The prefix of the standard, and that of the service that it comes from.
const PREFIXES = ["webhook", "svix"];

/**
 * @throws WebhookError if they are not those of a webhook
 * @internal
 */
export function readHeaders(headers: WebhookHeaders): SignedHeaders {
  const read = reader(headers);
  for (const prefix of PREFIXES) {
    const [id, timestamp, signature] = ["id", "timestamp", "signature"].map((name) =>
      read(`${prefix}-${name}`),
    );
    if (!id || !timestamp || !signature) continue;
    // An ID that contains the start of a body could make one signature valid for two requests.
    if (!/^[^\s"{}]+$/.test(id)) throw new WebhookError("headers", `The header ${prefix}-id is not an ID.`);
    if (!/^\d{1,15}$/.test(timestamp)) {
      throw new WebhookError("headers", `The header ${prefix}-timestamp is not a time in seconds.`);
    }
    return { id, timestamp, signature };
  }
  throw new WebhookError(
    "headers",
    "This request is not signed: webhook-id, webhook-timestamp and webhook-signature are needed, or the same with svix-.",
  );
}

function reader(headers: WebhookHeaders): (name: string) => string | undefined {
  if (typeof headers !== "object" || headers === null) {
    throw new WebhookError("setup", "The headers of the request are needed, as your server provides them.");
  }
  if (hasGet(headers)) return (name) => headers.get(name) ?? undefined;
  const values = new Map<string, string[]>();
  for (const [name, value] of entriesOf(headers)) {
    if (value === undefined) continue;
    const key = name.toLowerCase();
    // Without type checking, a value may be anything.
    const given = Array.isArray(value) ? value : [value];
    values.set(key, [...(values.get(key) ?? []), ...given.filter((text) => typeof text === "string")]);
  }
  // The way HTTP joins a repeated header.
  return (name) => values.get(name)?.join(", ");
}

function hasGet(headers: WebhookHeaders): headers is { get(name: string): string | null | undefined } {
  return "get" in headers && typeof headers.get === "function";
}

type Entry = readonly [name: string, value: string | readonly string[] | undefined];

function entriesOf(headers: Exclude<WebhookHeaders, { get(name: string): unknown }>): readonly Entry[] {
  if (!Array.isArray(headers)) return Object.entries(headers);
  const items: readonly (string | Entry)[] = headers;
  return items.flatMap((item, index): readonly Entry[] => {
    if (typeof item !== "string") return [item];
    const value = items[index + 1];
    return index % 2 === 0 && typeof value === "string" ? [[item, value]] : [];
  });
}
