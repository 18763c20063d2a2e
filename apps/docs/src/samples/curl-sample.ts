import { curlCommand } from "@dots-payouts/openapi";
import { fillKeyPlace } from "./sample-key.ts";
import { SAMPLE_CREDENTIALS } from "./sample-login.ts";
import { MOCK_URL, type SampleRequest, TIMEOUT_SECONDS } from "./sample-request.ts";

/** Makes a UUID in lower case: by `uuidgen`, or from Linux itself where that is missing. */
const NEW_KEY = ["key=$( (uuidgen || cat /proc/sys/kernel/random/uuid) \\", "  2>/dev/null | tr A-F a-f )"];

/**
 * A curl command for a POSIX shell. The body spans several lines, to be read and changed. curl follows no redirect
 * unless it is told to.
 */
export function curlSample(request: SampleRequest): string {
  const { method, path, login, body, contentType, takesKey, keyAdvice } = request;
  const { user, password } = SAMPLE_CREDENTIALS;
  const command = curlCommand(
    {
      method,
      url: `${MOCK_URL}${path}`,
      options: ["--fail-with-body", `--max-time ${TIMEOUT_SECONDS}`],
      ...(login.kind === "basic" ? { user: `${user}:${password}` } : {}),
      headers: {
        ...(login.kind === "header" ? { [login.name]: login.value } : {}),
        ...(contentType === undefined ? {} : { "Content-Type": contentType }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body, null, 2) }),
    },
    " \\\n  ",
  );
  if (!takesKey) return command;
  // The shell's quotes end before the key and begin again behind it.
  return [...keyAdvice.map((line) => `# ${line}`), ...NEW_KEY, fillKeyPlace(command, `"'"$key"'"`)].join(
    "\n",
  );
}
