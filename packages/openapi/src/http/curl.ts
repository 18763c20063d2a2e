/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `user:password` for HTTP Basic. */
  readonly user?: string;
  readonly body?: string;
}

/** A curl command that sends this request, ready to be pasted into a POSIX shell. */
export function curlCommand(request: WireRequest): string {
  const parts = ["curl"];
  if (request.method !== (request.body === undefined ? "GET" : "POST")) parts.push(`-X ${request.method}`);
  parts.push(quote(request.url));
  if (request.user !== undefined) parts.push(`-u ${quote(request.user)}`);
  for (const [name, value] of Object.entries(request.headers ?? {}))
    parts.push(`-H ${quote(`${name}: ${value}`)}`);
  if (request.body !== undefined) parts.push(`--data-raw ${quote(request.body)}`);
  return parts.join(" ");
}

function quote(text: string): string {
  return /^[\w:/.@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
