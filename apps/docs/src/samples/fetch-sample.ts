import { javaScriptLiteral } from "./literal.ts";
import { SAMPLE_CREDENTIALS } from "./sample-login.ts";
import { MOCK_URL, type SampleRequest } from "./sample-request.ts";

/** A call of `fetch`, which browsers and servers have without any package. */
export function fetchSample(request: SampleRequest): string {
  const { user, password } = SAMPLE_CREDENTIALS;
  const { login } = request;
  const headers = [
    ...(login.kind === "basic" ? [`    "Authorization": "Basic " + btoa("${user}:${password}"),\n`] : []),
    ...(login.kind === "header" ? [`    "${login.name}": "${login.value}",\n`] : []),
    ...(request.body === undefined ? [] : [`    "Content-Type": "${request.contentType}",\n`]),
  ];
  return `const response = await fetch("${MOCK_URL}${request.path}", {
  method: "${request.method}",
  redirect: "error",${headers.length === 0 ? "" : `\n  headers: {\n${headers.join("")}  },`}${request.body === undefined ? "" : `\n  body: JSON.stringify(${javaScriptLiteral(request.body, "  ")}),`}
});
if (!response.ok) throw new Error(response.status + ": " + (await response.text()));${request.isAnswered ? "\nconsole.log(await response.json());" : ""}`;
}
