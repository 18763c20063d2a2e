import { SAMPLE_CREDENTIALS } from "./sample-login.ts";
import { MOCK_URL, type SampleRequest } from "./sample-request.ts";

/** A curl command for a POSIX shell. The body spans several lines, to be read and changed. */
export function curlSample(request: SampleRequest): string {
  const { user, password } = SAMPLE_CREDENTIALS;
  const { login } = request;
  const lines = [
    `curl ${request.method === (request.body === undefined ? "GET" : "POST") ? "" : `-X ${request.method} `}${quoted(`${MOCK_URL}${request.path}`)}`,
    ...(login.kind === "basic" ? [`-u ${user}:${password}`] : []),
    ...(login.kind === "header" ? [`-H '${login.name}: ${login.value}'`] : []),
    ...(request.body === undefined
      ? []
      : [
          `-H 'Content-Type: ${request.contentType}'`,
          `--data-raw '${JSON.stringify(request.body, null, 2).replaceAll("'", "'\\''")}'`,
        ]),
  ];
  return lines.join(" \\\n  ");
}

/** A word as a shell takes it: in quotes where it has a character that means something else there. */
function quoted(word: string): string {
  return /^[\w:/.@%+=,~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
