import { gzipSync } from "node:zlib";
import { curlCommand, shellWord } from "@dots-payouts/openapi";
import type { WireRequest } from "../http/request.ts";

/** The longest body, in characters, that is in a command as it is. */
const LONGEST = 2_000;

/**
 * A command for a POSIX shell that sends a request. Credentials are environment variables in it.
 * @param keys the shell variables that are put in place of idempotency keys
 */
export function sendCommand(request: WireRequest, base: URL, keys: ReadonlyMap<string, string>): string {
  const { method, path, framing, authorization } = request;
  const headers: Record<string, string> = { ...request.headers };
  if (framing === "chunks") headers["transfer-encoding"] = "chunked";
  // More is announced than is sent, and nobody waits for the rest.
  if (framing === "aborted") headers["content-length"] = String(sizeOf(request) + 1_000);
  const command = curlCommand({
    method,
    url: `${base.href.replace(/\/+$/, "")}${path}`,
    headers,
    options: ["-isS", ...(framing === "aborted" ? ["-m 2"] : [])],
  });
  const data = dataOf(request, keys);
  const parts = [
    command,
    authorization?.curl,
    data === undefined ? undefined : `--data-binary ${data.argument}`,
  ];
  const whole = parts.filter((part) => part !== undefined).join(" ");
  return data?.before === undefined ? whole : `${data.before} | ${whole}`;
}

interface Data {
  /** A command that makes the body, where it is no argument. */
  readonly before?: string;
  readonly argument: string;
}

function dataOf({ body }: WireRequest, keys: ReadonlyMap<string, string>): Data | undefined {
  if (body === undefined) return undefined;
  const bytes = Buffer.from(body);
  const text = bytes.toString("utf8");
  const plain = Buffer.from(text).equals(bytes) && !/\p{Cc}/u.test(text);
  // curl reads a file where its argument begins with @.
  if (plain && bytes.length <= LONGEST && !text.startsWith("@")) return { argument: withKeys(text, keys) };
  const packed = gzipSync(bytes).toString("base64");
  return { before: `printf %s ${packed} | base64 -d | gunzip`, argument: "@-" };
}

function sizeOf({ body }: WireRequest): number {
  return body === undefined ? 0 : Buffer.byteLength(body);
}

/** A quoted text in which keys are shell variables. */
function withKeys(text: string, keys: ReadonlyMap<string, string>): string {
  return [...keys].reduce(
    (quoted, [key, variable]) => quoted.replaceAll(`"${key}"`, `"'"$${variable}"'"`),
    shellWord(text),
  );
}
