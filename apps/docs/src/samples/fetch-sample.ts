import type { Json } from "@dots-payouts/openapi";
import { javaScriptLiteral } from "./literal.ts";
import { fillKeyPlace } from "./sample-key.ts";
import { SAMPLE_CREDENTIALS } from "./sample-login.ts";
import { MOCK_URL, type SampleRequest, TIMEOUT_SECONDS } from "./sample-request.ts";

/** A call of `fetch`, which needs no package in browsers or on servers. */
export function fetchSample(request: SampleRequest): string {
  const { user, password } = SAMPLE_CREDENTIALS;
  const { login } = request;
  const headers = [
    ...(login.kind === "basic" ? [`    "Authorization": "Basic " + btoa("${user}:${password}"),\n`] : []),
    ...(login.kind === "header" ? [`    "${login.name}": "${login.value}",\n`] : []),
    ...(request.body === undefined ? [] : [`    "Content-Type": "${request.contentType}",\n`]),
  ];
  const options = [
    `  method: "${request.method}",\n`,
    `  redirect: "error",\n`,
    `  cache: "no-store",\n`,
    `  signal: AbortSignal.timeout(${TIMEOUT_SECONDS}_000),\n`,
    ...(headers.length === 0 ? [] : [`  headers: {\n${headers.join("")}  },\n`]),
    ...(request.body === undefined ? [] : [`  body: JSON.stringify(${bodyCode(request.body)}),\n`]),
  ];
  const key = [
    ...request.keyAdvice.map((line) => `// ${line}`),
    "const idempotencyKey = crypto.randomUUID();",
    "",
  ];
  return `${request.takesKey ? `${key.join("\n")}\n` : ""}const response = await fetch("${MOCK_URL}${request.path}", {
${options.join("")}});
if (!response.ok) throw new Error(response.status + ": " + (await response.text()));${request.isAnswered ? "\nconsole.log(await response.json());" : ""}`;
}

function bodyCode(body: Json): string {
  return fillKeyPlace(javaScriptLiteral(body, "  "), "idempotencyKey");
}
