import { MOCK_URL, SAMPLE_CREDENTIALS, type SampleRequest } from "./sample-request.ts";

/** A curl command for a POSIX shell. The body spans several lines, to be read and changed. */
export function curlSample(request: SampleRequest): string {
  const { user, password } = SAMPLE_CREDENTIALS;
  const lines = [
    `curl ${request.method === (request.body === undefined ? "GET" : "POST") ? "" : `-X ${request.method} `}${MOCK_URL}${request.path}`,
    `-u ${user}:${password}`,
    ...(request.body === undefined
      ? []
      : [
          `-H 'Content-Type: ${request.contentType}'`,
          `--data-raw '${JSON.stringify(request.body, null, 2).replaceAll("'", "'\\''")}'`,
        ]),
  ];
  return lines.join(" \\\n  ");
}
