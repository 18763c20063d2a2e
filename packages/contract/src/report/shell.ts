import { gzipSync } from "node:zlib";
import { curlCommand, shellWord } from "@dots-payouts/openapi";
import type { WireRequest } from "../http/request.ts";

/** The longest body that a command contains verbatim, in characters. */
const LONGEST = 2_000;

/**
 * A POSIX shell command that sends a request. Credentials are environment variables.
 * @param keys the shell variables to use for idempotency keys
 */
export function sendCommand(request: WireRequest, base: URL, keys: ReadonlyMap<string, string>): string {
  const { method, path, framing, authorization } = request;
  const headers: Record<string, string> = { ...request.headers };
  if (framing === "chunks") headers["transfer-encoding"] = "chunked";
  // The announced length exceeds what is sent, and curl must not wait for the rest.
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
  /** A command that produces the body, if it is not an argument. */
  readonly before?: string;
  readonly argument: string;
}

function dataOf({ body }: WireRequest, keys: ReadonlyMap<string, string>): Data | undefined {
  if (body === undefined) return undefined;
  const bytes = Buffer.from(body);
  const text = bytes.toString("utf8");
  const plain = Buffer.from(text).equals(bytes) && !/\p{Cc}/u.test(text);
  // curl reads a file if its argument starts with @.
  if (plain && bytes.length <= LONGEST && !text.startsWith("@")) return { argument: withKeys(text, keys) };
  const packed = gzipSync(bytes).toString("base64");
  return { before: `printf %s ${packed} | base64 -d | gunzip`, argument: "@-" };
}

function sizeOf({ body }: WireRequest): number {
  return body === undefined ? 0 : Buffer.byteLength(body);
}

/** A quoted string with keys as shell variables. */
function withKeys(text: string, keys: ReadonlyMap<string, string>): string {
  return [...keys].reduce(
    (quoted, [key, variable]) => quoted.replaceAll(`"${key}"`, `"'"$${variable}"'"`),
    shellWord(text),
  );
}
