import { type Credentials, redact } from "../http/credentials.ts";
import { type Exchange, isAnswer, type WireRequest } from "../http/request.ts";
import { sendCommand } from "./shell.ts";

/** The longest body, in characters, that is shown whole. */
const LONGEST = 2_000;

/** A request and its answer for display: without secrets, and shortened. */
export interface ShownExchange {
  /** The request: its first line, its headers and its body. */
  readonly request: string;
  /** The answer in the same form, or why there was none. */
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
    curl: hide(sendCommand(request, base, new Map())),
  };
}

/** A text for display: without secrets, and shortened. */
export function showText(text: string, accounts: readonly Credentials[]): string {
  return redact(cut(text), accounts);
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
