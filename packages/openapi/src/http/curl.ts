/** A request to repeat with curl. */
export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `user:password` for HTTP Basic. */
  readonly user?: string;
  readonly body?: string;
  /** More options, in shell syntax. */
  readonly options?: readonly string[];
}

/**
 * A curl command that sends this request, ready to be pasted into a POSIX shell.
 * @param separator between its arguments
 */
export function curlCommand(request: CurlRequest, separator = " "): string {
  const { method, url, headers = {}, user, body, options = [] } = request;
  const isUsual = method === (body === undefined ? "GET" : "POST");
  const parts = [
    ["curl", ...options, ...(isUsual ? [] : [`-X ${method}`]), shellWord(url)].join(" "),
    ...(user === undefined ? [] : [`-u ${shellWord(user)}`]),
    ...Object.entries(headers).map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${shellWord(body)}`]),
  ];
  return parts.join(separator);
}

/** A string as one word of a POSIX shell, quoted if it has special characters. */
export function shellWord(text: string): string {
  return /^[\w:/.@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
