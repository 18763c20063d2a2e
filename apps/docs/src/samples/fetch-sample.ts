import { javaScriptLiteral } from "./literal.ts";
import { MOCK_URL, SAMPLE_CREDENTIALS, type SampleRequest } from "./sample-request.ts";

/** A call of `fetch`, which browsers and servers have without any package. */
export function fetchSample(request: SampleRequest): string {
  const { user, password } = SAMPLE_CREDENTIALS;
  return `const response = await fetch("${MOCK_URL}${request.path}", {
  method: "${request.method}",
  redirect: "error",
  headers: {
    "Authorization": "Basic " + btoa("${user}:${password}"),${request.body === undefined ? "" : `\n    "Content-Type": "${request.contentType}",`}
  },${request.body === undefined ? "" : `\n  body: JSON.stringify(${javaScriptLiteral(request.body, "  ")}),`}
});
if (!response.ok) throw new Error(response.status + ": " + (await response.text()));${request.isAnswered ? "\nconsole.log(await response.json());" : ""}`;
}
