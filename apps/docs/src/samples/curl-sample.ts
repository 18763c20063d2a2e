import { curlCommand } from "@dots-payouts/openapi";
import { SAMPLE_CREDENTIALS } from "./sample-login.ts";
import { MOCK_URL, type SampleRequest } from "./sample-request.ts";

/** A curl command for a POSIX shell. The body spans several lines, to be read and changed. */
export function curlSample({ method, path, login, body, contentType }: SampleRequest): string {
  const { user, password } = SAMPLE_CREDENTIALS;
  return curlCommand(
    {
      method,
      url: `${MOCK_URL}${path}`,
      ...(login.kind === "basic" ? { user: `${user}:${password}` } : {}),
      headers: {
        ...(login.kind === "header" ? { [login.name]: login.value } : {}),
        ...(contentType === undefined ? {} : { "Content-Type": contentType }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body, null, 2) }),
    },
    " \\\n  ",
  );
}
