import { curlCommand } from "@dots-payouts/openapi";
import { Scrolling } from "./scrolling.tsx";
import type { SentRequest } from "./send.ts";

interface RequestViewProps {
  readonly request: SentRequest;
  /** Undefined where the operation has no body. */
  readonly changeBody: ((text: string) => void) | undefined;
}

/** The request as it is sent: the text of its body, which may be edited, its headers, and the same as a curl command. */
export function RequestView({ request, changeBody }: RequestViewProps) {
  const headers = Object.entries(request.headers).map(
    ([name, value]) => `${name}: ${concealed(name, value)}`,
  );
  return (
    <>
      <h2>What is sent</h2>
      <p class="wire">
        <code>
          {request.method} {request.url}
        </code>
      </p>
      {changeBody === undefined ? undefined : (
        <textarea
          class="body-text"
          aria-label="Body of the request"
          rows={Math.min(24, Math.max(6, (request.body ?? "").split("\n").length))}
          spellcheck={false}
          value={request.body ?? ""}
          onInput={(event) => changeBody(event.currentTarget.value)}
        />
      )}
      <details>
        <summary>Headers, and the same with curl</summary>
        <Scrolling label="Headers of the request">{headers.join("\n")}</Scrolling>
        <Scrolling label="The request with curl">{curlOf(request)}</Scrolling>
      </details>
    </>
  );
}

/** The names of headers that log in are shown, and nothing of their values: this page may be on a shared screen. */
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
