import { curlCommand, shellWord } from "@dots-payouts/openapi";
import { type Credentials, redact } from "../http/credentials.ts";
import { type Exchange, isAnswer, type WireRequest } from "../http/request.ts";

/** The longest body, in characters, that is shown whole. */
const LONGEST = 2_000;

/** A request and its answer as they are shown: without secrets, and without what is too long to read. */
export interface ShownExchange {
  readonly request: string;
  readonly answer: string;
  /** A command that sends the request again. */
  readonly curl: string;
}

export function showExchange(exchange: Exchange, base: URL, accounts: readonly Credentials[]): ShownExchange {
  const { request, outcome } = exchange;
  const hide = (text: string): string => redact(text, accounts);
  return {
    request: hide(`${request.method} ${request.path}${showBody(request.body)}${framingWords(request)}`),
    answer: hide(isAnswer(outcome) ? `${outcome.status} ${cut(outcome.body)}`.trimEnd() : outcome.message),
    curl: hide(curl(request, base)),
  };
}

function framingWords({ framing }: WireRequest): string {
  if (framing === "chunks") return " (in chunks)";
  return framing === "aborted" ? " (then the connection is cut)" : "";
}

function showBody(body: string | Uint8Array | undefined): string {
  if (body === undefined) return "";
  return ` ${cut(typeof body === "string" ? body : Buffer.from(body).toString("latin1"))}`;
}

function cut(text: string): string {
  const visible = text.replace(/\p{Cc}/gu, (character) =>
    character === "\n" ? "\n" : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return visible.length > LONGEST ? `${visible.slice(0, LONGEST)}… (${text.length} characters)` : visible;
}

/** A curl command that sends a request again. The credentials are environment variables in it. */
function curl(request: WireRequest, base: URL): string {
  const url = `${base.href.replace(/\/+$/, "")}${request.path}`;
  const headers = {
    ...request.headers,
    ...(request.framing === "chunks" ? { "transfer-encoding": "chunked" } : {}),
  };
  const command = curlCommand({ method: request.method, url, headers, options: ["-i"] });
  const login = request.authorization?.curl ?? [];
  return [command, login, request.body === undefined ? [] : dataOf(request.body)].flat().join(" ");
}

function dataOf(body: string | Uint8Array): string {
  const bytes = Buffer.from(body);
  if (bytes.length > LONGEST) {
    const head = bytes.subarray(0, 80).toString("latin1");
    return `--data-binary @body.json  # ${bytes.length} bytes, beginning with ${JSON.stringify(head)}`;
  }
  const text = bytes.toString("utf8");
  const plain = Buffer.from(text).equals(bytes) && !/\p{Cc}/u.test(text);
  if (plain) return `--data-binary ${shellWord(text)}`;
  const escaped = [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
  return `--data-binary @<(printf '${escaped}')`;
}
