import { fillKeyPlace } from "./sample-key.ts";
import { SAMPLE_CREDENTIALS } from "./sample-login.ts";
import { MOCK_URL, type SampleRequest, TIMEOUT_SECONDS } from "./sample-request.ts";

/** Makes a UUID in lower case, with `uuidgen`, or from Linux itself if that is missing. */
const NEW_KEY = ["key=$( (uuidgen || cat /proc/sys/kernel/random/uuid) \\", "  2>/dev/null | tr A-F a-f )"];

/**
 * A curl command for a POSIX shell. The body has several lines, so that it can be read and changed. By default, curl
 * does not follow redirects.
 */
export function curlSample(request: SampleRequest): string {
  const { user, password } = SAMPLE_CREDENTIALS;
  const { login } = request;
  const usual = request.body === undefined ? "GET" : "POST";
  const method = request.method === usual ? "" : `-X ${request.method} `;
  const lines = [
    `curl ${method}${quoted(`${MOCK_URL}${request.path}`)}`,
    `--fail-with-body --max-time ${TIMEOUT_SECONDS}`,
    ...(login.kind === "basic" ? [`-u ${user}:${password}`] : []),
    ...(login.kind === "header" ? [`-H '${login.name}: ${login.value}'`] : []),
    ...(request.body === undefined
      ? []
      : [`-H 'Content-Type: ${request.contentType}'`, `--data-raw '${bodyText(request)}'`]),
  ];
  const command = lines.join(" \\\n  ");
  if (!request.takesKey) return command;
  return [...request.keyAdvice.map((line) => `# ${line}`), ...NEW_KEY, command].join("\n");
}

function bodyText({ body }: SampleRequest): string {
  const text = JSON.stringify(body, null, 2).replaceAll("'", "'\\''");
  return fillKeyPlace(text, `"'"$key"'"`);
}

/** A word for a shell, in quotes if it contains a special character. */
function quoted(word: string): string {
  return /^[\w:/.@%+=,~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
