import type { OpenApiDocument, Operation } from "@dots-payouts/openapi";
import { withoutKeyPlace } from "./sample-key.ts";
import { SAMPLE_CREDENTIALS } from "./sample-login.ts";
import { MOCK_URL, type SampleRequest, sampleRequests } from "./sample-request.ts";

/** All examples as one `.http` file, which editors can send requests from. */
export function httpCollection(document: OpenApiDocument, operations: readonly Operation[]): string {
  const { user, password } = SAMPLE_CREDENTIALS;
  const requests = operations.flatMap((operation) =>
    sampleRequests(document, operation).map(
      (request) => `### ${operation.summary ?? operation.id}: ${request.title}
${request.takesKey ? `# Takes an idempotency key at ${operation.idempotencyKey?.pointer}: a fresh UUID, which you keep.\n` : ""}${request.method} {{baseUrl}}${request.path}
${loginLine(request)}${request.body === undefined ? "" : `Content-Type: ${request.contentType}\n\n${JSON.stringify(withoutKeyPlace(request.body), null, 2)}\n`}`,
    ),
  );
  return `@baseUrl = ${MOCK_URL}\n@user = ${user}\n@password = ${password}\n\n${requests.join("\n")}`;
}

function loginLine({ login }: SampleRequest): string {
  if (login.kind === "none") return "";
  return login.kind === "basic"
    ? "Authorization: Basic {{user}} {{password}}\n"
    : `${login.name}: ${login.value}\n`;
}
