import { curlCommand } from "@dots-payouts/openapi";
import { useState } from "preact/hooks";
import { Scrolling } from "./scrolling.tsx";
import type { SentRequest } from "./send.ts";

interface RequestViewProps {
  readonly request: SentRequest;
  /** Absent if the operation has no body. */
  readonly changeBody: ((text: string) => void) | undefined;
}

/** The request as it is sent: its body as editable text, its headers, and the same request as a curl command. */
export function RequestView({ request, changeBody }: RequestViewProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <h2>What is sent</h2>
      <p class="wire">
        <code>
          {request.method} {request.url}
        </code>
      </p>
      {changeBody === undefined ? undefined : <BodyText text={request.body ?? ""} change={changeBody} />}
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Headers, and the same with curl</summary>
        {isOpen ? <Wire request={request} /> : undefined}
      </details>
    </>
  );
}

/** With larger bodies, a browser takes too long for each keystroke. */
const TOO_LARGE = 500_000;
const SHOWN = 10_000;

function BodyText({ text, change }: { text: string; change: (text: string) => void }) {
  if (text.length > TOO_LARGE) {
    return (
      <>
        <Scrolling label="Beginning of the body">{text.slice(0, SHOWN)}</Scrolling>
        <p class="field-note">
          {`The body is too long to edit here. It is sent unchanged, all ${text.length.toLocaleString("en")} characters. `}
          <button type="button" class="small" onClick={() => change("")}>
            Clear it
          </button>
        </p>
      </>
    );
  }
  return (
    <textarea
      class="body-text"
      aria-label="Body of the request"
      rows={rowsOf(text)}
      spellcheck={false}
      value={text}
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
}

/** Larger bodies are left out of the command, because no shell accepts them. */
const LARGE = 100_000;

function Wire({ request }: { request: SentRequest }) {
  const headers = Object.entries(request.headers).map(
    ([name, value]) => `${name}: ${concealed(name, value)}`,
  );
  const isLarge = (request.body ?? "").length > LARGE;
  return (
    <>
      <Scrolling label="Headers of the request">{headers.join("\n")}</Scrolling>
      {isLarge ? (
        <p class="field-note">The body is too long for a command.</p>
      ) : (
        <Scrolling label="The request with curl">{curlOf(request)}</Scrolling>
      )}
    </>
  );
}

/** How many lines of a body are visible at once, at least and at most. */
function rowsOf(text: string): number {
  const lines = text.length > LARGE ? 24 : text.split("\n").length;
  return Math.min(24, Math.max(6, lines));
}

/** Only the names of headers with credentials are shown, not their values: the screen may be shared. */
function concealed(name: string, value: string): string {
  if (!/^(authorization|.*key.*|.*token.*)$/i.test(name)) return value;
  const [scheme, secret] = value.split(" ");
  return secret === undefined ? "…" : `${scheme} …`;
}

function curlOf({ method, url, headers, body }: SentRequest): string {
  const isBasic = headers["Authorization"]?.startsWith("Basic ") ?? false;
  const shown = Object.entries(headers).filter(([name]) => !isBasic || name !== "Authorization");
  return curlCommand({
    method,
    url,
    headers: Object.fromEntries(shown.map(([name, value]) => [name, concealed(name, value)])),
    ...(isBasic ? { user: "YOUR_CLIENT_ID:YOUR_API_KEY" } : {}),
    ...(body === undefined ? {} : { body }),
  });
}
